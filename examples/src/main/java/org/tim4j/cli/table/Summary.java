package org.tim4j.cli.table;

import java.util.List;
import java.util.Locale;

/**
 * Mean and spread of repeated measurements.
 *
 * @param mean their mean
 * @param standardDeviation their sample standard deviation; 0 for a single one
 */
public record Summary(double mean, double standardDeviation) {
  /** Sums up measurements; NaN for none. */
  public static Summary of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return new Summary(mean, values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1)));
  }

  @Override
  public String toString() {
    return standardDeviation == 0
        ? String.format(Locale.ROOT, "%.3f", mean)
        : String.format(Locale.ROOT, "%.3f ±%.3f", mean, standardDeviation);
  }
}
