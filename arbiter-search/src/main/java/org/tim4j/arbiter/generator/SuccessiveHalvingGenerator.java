package org.tim4j.arbiter.generator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.task.ContinuedSearch;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * Successive halving: many random candidates train for a small part of the budget, the best {@code
 * 1/eta} of them go on with {@code eta} times as much, and so on up to the whole budget (Jamieson
 * and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS
 * 2016).
 *
 * <p>A candidate goes on as soon as it is among the best {@code 1/eta} of those that have ended on
 * its rung (Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020), so
 * that failures hold nobody up; on one thread, where every rung ends before the next begins, this
 * is the synchronous algorithm. A candidate that goes on is a new one to Arbiter, at the same
 * point; its training continues where it paused.
 */
public final class SuccessiveHalvingGenerator extends SpaceGenerator implements ContinuedSearch {
  private final int candidates;
  private final int eta;
  private final int rungs;
  private final transient Map<Integer, Integer> rungOf = new HashMap<>();
  private final transient List<List<Entry>> ended = new ArrayList<>();
  private transient int begun;

  /** A candidate that has ended on a rung. */
  private static final class Entry {
    private final int index;
    private final double[] point;
    private final double score;
    private boolean promoted;

    Entry(int index, double[] point, double score) {
      this.index = index;
      this.point = point;
      this.score = score;
    }
  }

  /**
   * @param parameterSpace its budget is that of the last rung
   * @param candidates number of candidates on the first rung, at least {@code eta^(rungs-1)}
   * @param eta factor between the budgets of neighbouring rungs, at least 2; 3 is usual
   * @param rungs number of rungs, at least 2
   * @param seed seed of the candidates
   * @throws InvalidInputException if no candidate would reach the last rung, or the first has less
   *     than a step
   */
  @JsonCreator
  public SuccessiveHalvingGenerator(
      @JsonProperty("parameterSpace") TransitionSpace parameterSpace,
      @JsonProperty("candidates") int candidates,
      @JsonProperty("eta") int eta,
      @JsonProperty("rungs") int rungs,
      @JsonProperty("seed") long seed) {
    super(parameterSpace, seed);
    this.eta = Require.atLeast("eta", eta, 2);
    this.rungs = Require.atLeast("rungs", rungs, 2);
    this.candidates = candidates;
    double least = Math.pow(eta, rungs - 1.0);
    if (candidates < least) {
      throw new InvalidInputException(
          candidates
              + " candidates do not last for "
              + rungs
              + " rungs with eta "
              + eta
              + "; begin with at least "
              + (long) least);
    }
    Budget whole = parameterSpace.budget();
    if (whole.unit() == Budget.Unit.STEPS && whole.amount() < least) {
      throw new InvalidInputException(
          "a budget of "
              + (long) whole.amount()
              + " steps leaves less than one for the first of "
              + rungs
              + " rungs; give at least "
              + (long) least);
    }
    restart();
  }

  @Override
  void restart() {
    begun = 0;
    rungOf.clear();
    ended.clear();
    for (int rung = 0; rung < rungs; rung++) {
      ended.add(new ArrayList<>());
    }
  }

  @Override
  public boolean hasMoreCandidates() {
    return begun < candidates || promotable().isPresent();
  }

  /**
   * Returns a new candidate while there are some to begin, then the best that may go on.
   *
   * @throws InvalidInputException if there is none
   */
  @Override
  public Candidate<TransitionCandidate> getCandidate() {
    if (begun < candidates) {
      RandomStream random = RandomStream.of(seed(), begun++, Purpose.SEARCH);
      return onRung(0, random.doubles(leaves().size()).toArray());
    }
    Promotion promotion =
        promotable()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "no candidate may go on yet; ask hasMoreCandidates first"));
    promotion.entry().promoted = true;
    return onRung(promotion.rung() + 1, promotion.entry().point);
  }

  private Candidate<TransitionCandidate> onRung(int rung, double[] point) {
    TransitionCandidate value = getParameterSpace().getValue(point);
    double part = Math.pow(eta, rung - (rungs - 1.0));
    Candidate<TransitionCandidate> candidate =
        next(point, value.withBudget(getParameterSpace().budget().part(part)));
    rungOf.put(candidate.getIndex(), rung);
    return candidate;
  }

  private record Promotion(int rung, Entry entry) {}

  /** The best candidate that may go on, of the lowest rung that has one. */
  private Optional<Promotion> promotable() {
    for (int rung = 0; rung < rungs - 1; rung++) {
      List<Entry> entries = ended.get(rung);
      Optional<Entry> best =
          entries.stream()
              .sorted(Comparator.<Entry>comparingDouble(e -> e.score).thenComparing(e -> e.index))
              .limit(entries.size() / eta)
              .filter(e -> !e.promoted)
              .findFirst();
      if (best.isPresent()) {
        return Optional.of(new Promotion(rung, best.get()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void reportResults(OptimizationResult result) {
    double score = result.getScore();
    double[] point = result.getCandidate().getFlatParameters();
    ended.get(rungOf.get(result.getIndex())).add(new Entry(result.getIndex(), point, score));
  }

  @Override
  public boolean mayContinue(TransitionCandidate candidate) {
    return candidate.budget().amount() < getParameterSpace().budget().amount();
  }

  @Override
  public String toString() {
    return "successive halving of " + candidates;
  }
}
