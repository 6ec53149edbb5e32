package org.tim4j.tribuo.encoding;

import org.tim4j.tribuo.protos.NumericColumnProto;
import org.tim4j.tribuo.protos.StandardScaleProto;

/** Standardisation: {@code (value - mean) / standardDeviation}. */
record StandardScale(double mean, double standardDeviation) implements Scale {

  StandardScale {
    if (!Double.isFinite(mean) || !(standardDeviation > 0) || standardDeviation == 1 / 0.0) {
      throw new IllegalStateException(
          "Invalid scale, expected a finite mean and a positive standard deviation, found "
              + mean
              + " and "
              + standardDeviation);
    }
  }

  /** Uses the values divided by the largest magnitude, so that no square overflows. */
  static StandardScale fit(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    double mean = 0;
    for (double value : values) {
      mean += value / largest / values.length;
    }
    double variance = 0;
    for (double value : values) {
      double deviation = value / largest - mean;
      variance += deviation * deviation / values.length;
    }
    double standardDeviation = Math.max(Math.sqrt(variance) * largest, Double.MIN_NORMAL);
    return new StandardScale(mean * largest, standardDeviation);
  }

  /** Halves first: the difference of two finite numbers may not be finite. */
  @Override
  public double toUnit(double value) {
    return (0.5 * value - 0.5 * mean) / (0.5 * standardDeviation);
  }

  @Override
  public double fromUnit(double unit) {
    return 2 * (0.5 * mean + unit * (0.5 * standardDeviation));
  }

  @Override
  public void writeTo(NumericColumnProto.Builder column) {
    column.setStandard(
        StandardScaleProto.newBuilder().setMean(mean).setStandardDeviation(standardDeviation));
  }
}
