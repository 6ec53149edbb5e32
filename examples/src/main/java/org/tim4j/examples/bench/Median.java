package org.tim4j.examples.bench;

import java.util.Arrays;

/** The middle of some numbers: half of them are larger and half smaller. */
final class Median {
  private Median() {}

  /**
   * The median; of an even number of them, the mean of the middle two.
   *
   * @param values at least one, in any order
   */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
