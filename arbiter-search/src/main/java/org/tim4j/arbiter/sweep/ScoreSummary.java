package org.tim4j.arbiter.sweep;

import java.util.List;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Scores of the same settings trained with several seeds.
 *
 * @param scores one for each training that did not fail, at least two
 */
public record ScoreSummary(List<Double> scores) {
  /**
   * @throws InvalidInputException if there are less than two scores
   */
  public ScoreSummary {
    scores = List.copyOf(scores);
    if (scores.size() < 2) {
      throw new InvalidInputException(
          "the noise of " + scores.size() + " score(s) is unknown; train with at least two seeds");
    }
  }

  /** Returns the scores of a sweep over seeds. */
  public static ScoreSummary of(SweepResult replication) {
    return new ScoreSummary(
        replication.records().stream()
            .map(CandidateRecord::score)
            .filter(score -> score != null)
            .toList());
  }

  /** Mean score. */
  public double mean() {
    return scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Standard deviation of one score, from the sample. */
  public double standardDeviation() {
    double mean = mean();
    double squares = scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
    return Math.sqrt(squares / (scores.size() - 1));
  }

  /** Standard error of the mean. */
  public double standardError() {
    return standardDeviation() / Math.sqrt(scores.size());
  }

  /** Standard error of the difference of this mean and another, both independent. */
  public double standardErrorOfDifference(ScoreSummary other) {
    return Math.hypot(standardError(), other.standardError());
  }
}
