package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The area under the ROC curve. */
public final class RankAuc {
  private RankAuc() {}

  /**
   * The probability that a positive scores higher than a negative, ties counting half (Mann and
   * Whitney's statistic).
   *
   * @return in [0, 1]; NaN without a positive or without a negative
   */
  public static double of(double[] scores, boolean[] positive) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double ranks = 0;
    long positives = 0;
    for (int first = 0; first < order.length; ) {
      int next = first;
      int among = 0;
      while (next < order.length && scores[order[next]] == scores[order[first]]) {
        among += positive[order[next]] ? 1 : 0;
        next++;
      }
      ranks += among * (first + 1 + next) / 2.0;
      positives += among;
      first = next;
    }
    long negatives = scores.length - positives;
    return (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }
}
