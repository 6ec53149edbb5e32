package org.tim4j.tribuo.encoding;

/** How a numeric column is brought to about zero mean and unit variance. */
// Without constant bodies: OLCUT reads an enum back by the class of its constant.
public enum Scaling {
  /** Subtract the mean and divide by the standard deviation. */
  STANDARD,
  /** Map the empirical distribution to a standard normal one, linearly between observed values. */
  QUANTILE;

  /** Fits a scale on the finite values of a column, of which at least two differ. */
  Scale fit(double[] values, Frequencies frequencies) {
    return switch (this) {
      case STANDARD -> StandardScale.fit(values);
      case QUANTILE -> QuantileScale.fit(frequencies);
    };
  }
}
