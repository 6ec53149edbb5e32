package org.tim4j.tribuo.encoding;

/** How a numeric column is brought to about zero mean and unit variance. */
public enum Scaling {
  /** Subtract the mean and divide by the standard deviation. */
  STANDARD {
    @Override
    Scale fit(double[] values) {
      return StandardScale.fit(values);
    }
  },
  /** Map the empirical distribution to a standard normal one, linearly between observed values. */
  QUANTILE {
    @Override
    Scale fit(double[] values) {
      return QuantileScale.fit(values);
    }
  };

  /** Fits a scale on the finite values of a column, of which at least two differ. */
  abstract Scale fit(double[] values);
}
