package org.tim4j.arbiter.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A leaf of a space and its place among the numbers that make a point of the space.
 *
 * @param space the leaf
 * @param position index of its number, counted as Arbiter's generators count
 */
public record SearchLeaf(ParameterSpace<?> space, int position) {
  /**
   * Returns the leaves of a space that take a number, each once and in order.
   *
   * @throws InvalidInputException if a leaf takes several numbers or has no value at all
   */
  public static List<SearchLeaf> of(ParameterSpace<?> space) {
    List<SearchLeaf> leaves = new ArrayList<>();
    for (ParameterSpace<?> leaf : LeafUtils.getUniqueObjects(space.collectLeaves())) {
      if (leaf.numParameters() > 1) {
        throw new InvalidInputException(
            "the leaf " + leaf + " takes several numbers; make one leaf for each");
      }
      if (leaf instanceof DiscreteParameterSpace<?> discrete && discrete.numValues() == 0) {
        throw new InvalidInputException(
            "a DiscreteParameterSpace of the space holds no value; give it at least one");
      }
      if (leaf.numParameters() == 1) {
        leaves.add(new SearchLeaf(leaf, leaves.size()));
      }
    }
    return leaves;
  }

  /**
   * Returns how many {@link #levels} there are.
   *
   * @param ofContinuous how many for a continuous leaf, and at most how many for a range of
   *     integers; at least 1
   */
  public int count(int ofContinuous) {
    int values = ownCount();
    boolean range = space instanceof IntegerParameterSpace;
    return values == 0 ? ofContinuous : range ? Math.min(values, ofContinuous) : values;
  }

  /**
   * Returns the numbers in [0, 1] that select the leaf's values: every one of a set, otherwise
   * evenly spaced with both ends.
   *
   * @param ofContinuous how many for a continuous leaf, and at most how many for a range of
   *     integers; at least 1
   */
  public double[] levels(int ofContinuous) {
    int count = count(ofContinuous);
    // The middle of a cell selects a member of a set whatever the rounding.
    return IntStream.range(0, count)
        .mapToDouble(
            k -> count == ownCount() ? (k + 0.5) / count : count == 1 ? 0.5 : k / (count - 1.0))
        .toArray();
  }

  /** Number of values, 0 where they are not countable. */
  private int ownCount() {
    if (space instanceof DiscreteParameterSpace<?> discrete) {
      return discrete.numValues();
    }
    if (space instanceof IntegerParameterSpace integers) {
      return Math.addExact(Math.subtractExact(integers.getMax(), integers.getMin()), 1);
    }
    return space instanceof BooleanSpace ? 2 : 0;
  }
}
