package org.tim4j.tribuo.evaluation;

import java.util.Arrays;

/** Scores of a predictive distribution that is given by samples. */
public final class SampleScores {
  private SampleScores() {}

  /**
   * The continuous ranked probability score {@code E|X - y| - 1/2 E|X - X'|} of the empirical
   * distribution of the samples (Gneiting and Raftery, "Strictly proper scoring rules, prediction,
   * and estimation", 2007, equation 21). In the units of {@code observed}; lower is better, and for
   * one sample it is the absolute error.
   *
   * @throws IllegalArgumentException if there are no samples
   */
  public static double continuousRankedProbabilityScore(double[] samples, double observed) {
    double[] sorted = sorted(samples);
    double n = sorted.length;
    double error = 0;
    double spread = 0;
    for (int i = 0; i < sorted.length; i++) {
      error += Math.abs(sorted[i] - observed) / n;
      // Σ|x_i - x_j| over ordered pairs is 2 Σ (2i + 1 - n) x_i for sorted x.
      spread += 2 * (2 * i + 1 - n) * sorted[i] / (n * n);
    }
    return error - spread / 2;
  }

  /**
   * Whether the central interval of that probability holds the observed value, its ends linearly
   * interpolated between the samples.
   *
   * @param probability in (0, 1), for instance 0.9 for the interval from the 5 % to the 95 % point
   * @throws IllegalArgumentException if there are no samples or the probability is out of range
   */
  public static boolean covers(double[] samples, double observed, double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "The probability of an interval lies between 0 and 1, found " + probability + ".");
    }
    double[] sorted = sorted(samples);
    double tail = (1 - probability) / 2;
    return observed >= quantile(sorted, tail) && observed <= quantile(sorted, 1 - tail);
  }

  private static double quantile(double[] sorted, double level) {
    double position = level * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  private static double[] sorted(double[] samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("A predictive distribution needs at least one sample.");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
