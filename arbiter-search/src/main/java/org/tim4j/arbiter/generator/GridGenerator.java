package org.tim4j.arbiter.generator;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.SearchLeaf;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * Every point of a grid, once.
 *
 * <p>Unlike Arbiter's {@code GridSearchCandidateGenerator} it visits both values of a {@code
 * BooleanSpace} once, takes leaves of one value anywhere in the space, and shuffles by its seed.
 */
public final class GridGenerator extends SpaceGenerator {
  /** The order of visits. */
  public enum Order {
    /** The first leaf changes fastest. */
    SEQUENTIAL,
    /** Random, by the seed. */
    SHUFFLED
  }

  private final int discretizationCount;
  private final Order order;
  private final transient List<double[]> levels;
  private final transient int total;
  private transient int[] visits;
  private transient int visited;

  /**
   * @param discretizationCount values of a continuous leaf, and at most of a range of integers; at
   *     least 1
   * @param order the order of visits
   * @param seed seed of a shuffled order
   * @throws InvalidInputException if the grid has more points than an {@code int} can count
   */
  @JsonCreator
  public GridGenerator(
      @JsonProperty("parameterSpace") TransitionSpace parameterSpace,
      @JsonProperty("discretizationCount") int discretizationCount,
      @JsonProperty("order") Order order,
      @JsonProperty("seed") long seed) {
    super(parameterSpace, seed);
    this.discretizationCount = Require.atLeast("discretizationCount", discretizationCount, 1);
    this.order = Require.present("order", order);
    this.total = total(leaves(), discretizationCount);
    this.levels = leaves().stream().map(leaf -> leaf.levels(discretizationCount)).toList();
    restart();
  }

  private static int total(List<SearchLeaf> leaves, int discretizationCount) {
    try {
      return leaves.stream()
          .mapToInt(leaf -> leaf.count(discretizationCount))
          .reduce(1, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          "the grid has more than " + Integer.MAX_VALUE + " points; narrow the space", e);
    }
  }

  @Override
  void restart() {
    visited = 0;
    visits =
        order == Order.SHUFFLED
            ? RandomStream.of(seed(), 0, Purpose.SEARCH).permutation(total)
            : IntStream.range(0, total).toArray();
  }

  /** Number of points of the grid. */
  public int size() {
    return total;
  }

  @Override
  public boolean hasMoreCandidates() {
    return visited < total;
  }

  /**
   * Returns the next point.
   *
   * @throws InvalidInputException if all have been visited
   */
  @Override
  public Candidate<TransitionCandidate> getCandidate() {
    if (!hasMoreCandidates()) {
      throw new InvalidInputException(
          "all " + total + " points of the grid have been visited; ask hasMoreCandidates first");
    }
    int rest = visits[visited++];
    double[] point = new double[levels.size()];
    for (int i = 0; i < point.length; i++) {
      double[] values = levels.get(i);
      point[i] = values[rest % values.length];
      rest /= values.length;
    }
    return next(point, getParameterSpace().getValue(point));
  }

  @Override
  public String toString() {
    return "grid of " + total;
  }
}
