package org.tim4j.layers.reference;

import java.util.Arrays;

/** How the error of an array is measured, and how large it may be. */
public enum Precision {
  /**
   * For mathematics in double precision: the difference relative to the value, where values much
   * smaller than the array's largest count as that much larger, since they come from cancellation.
   */
  DOUBLE(1e-9) {
    @Override
    double unit(double[] expected) {
      double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
      return largest == 0 ? 1 : Math.min(1, largest);
    }
  },

  /** For networks in single precision: the difference relative to 1 + |value|. */
  SINGLE(2e-5) {
    @Override
    double unit(double[] expected) {
      return 1;
    }
  };

  private final double tolerance;

  Precision(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Returns the largest error allowed unless a case says otherwise. */
  public double tolerance() {
    return tolerance;
  }

  abstract double unit(double[] expected);

  /** Largest of {@code |actual - expected| / (unit + |expected|)}; infinite if one is NaN. */
  double error(double[] expected, double[] actual) {
    double unit = unit(expected);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] == actual[i]) {
        continue;
      }
      double error = Math.abs(actual[i] - expected[i]) / (unit + Math.abs(expected[i]));
      largest = Math.max(largest, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
    }
    return largest;
  }
}
