package org.tim4j.tribuo.encoding;

import java.util.Arrays;

/**
 * The distinct values of a column, increasing, and how many rows have each.
 *
 * <p>A value is an atom if at least 3 rows and one row in 200 have it, or if the column has fewer
 * distinct values than one for 20 rows. Nothing is generated between an atom and its neighbours.
 */
record Frequencies(double[] values, int[] counts, int total) {
  private static final int FEWEST_ROWS = 3;
  private static final int ROWS_AN_ATOM = 200;
  private static final int ROWS_A_DISCRETE_VALUE = 20;

  static Frequencies of(double[] observed) {
    double[] sorted = observed.clone();
    Arrays.sort(sorted);
    double[] values = new double[sorted.length];
    int[] counts = new int[sorted.length];
    int distinct = 0;
    for (double value : sorted) {
      if (distinct == 0 || value != values[distinct - 1]) {
        // Both zeros are one value.
        values[distinct++] = value + 0.0;
      }
      counts[distinct - 1]++;
    }
    return new Frequencies(
        Arrays.copyOf(values, distinct), Arrays.copyOf(counts, distinct), sorted.length);
  }

  int size() {
    return values.length;
  }

  /** Whether there are so few values that all of them are atoms. */
  boolean isDiscrete() {
    return (long) size() * ROWS_A_DISCRETE_VALUE <= total;
  }

  boolean isAtom(int index) {
    boolean frequent = counts[index] >= FEWEST_ROWS && (long) counts[index] * ROWS_AN_ATOM >= total;
    return frequent || isDiscrete();
  }

  /** The index of the most frequent value, the first of several. */
  int mostFrequent() {
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return best;
  }
}
