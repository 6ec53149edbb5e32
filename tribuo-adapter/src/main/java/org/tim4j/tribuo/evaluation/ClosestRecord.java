package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;

/**
 * Distance to the closest training record: a check that a generator has not memorised its data.
 *
 * <p>Distances are Euclidean, each feature divided by its standard deviation in the training data.
 * Rows that were copied have distance 0; rows as fresh as unseen real ones are as far away as a
 * holdout is.
 */
public final class ClosestRecord {
  private final ImmutableFeatureMap features;
  private final double[] scale;
  private final double[][] records;

  /**
   * Remembers the records.
   *
   * @throws IllegalArgumentException if the data set is empty
   */
  public ClosestRecord(Dataset<?> training) {
    if (training.size() == 0) {
      throw new IllegalArgumentException("The training Dataset is empty; supply its records.");
    }
    this.features = training.getFeatureIDMap();
    double[][] rows = FeatureTable.of(training, features);
    this.scale = new double[features.size()];
    for (int i = 0; i < scale.length; i++) {
      double deviation = standardDeviation(FeatureTable.column(rows, i));
      scale[i] = deviation > 0 ? 1 / deviation : 0;
    }
    this.records = scaled(rows);
  }

  private static double standardDeviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  private double[][] scaled(double[][] rows) {
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= scale[i];
      }
    }
    return rows;
  }

  /** Returns, for each row, its distance to the closest training record. */
  public double[] distances(Dataset<?> rows) {
    return Arrays.stream(scaled(FeatureTable.of(rows, features)))
        .mapToDouble(this::distance)
        .toArray();
  }

  private double distance(double[] row) {
    double closest = Double.POSITIVE_INFINITY;
    for (double[] record : records) {
      double sum = 0;
      for (int i = 0; i < row.length && sum < closest; i++) {
        sum += (row[i] - record[i]) * (row[i] - record[i]);
      }
      closest = Math.min(closest, sum);
    }
    return Math.sqrt(closest);
  }

  /**
   * The median distance of the synthetic rows over that of the holdout: about 1 for rows as fresh
   * as unseen real ones, near 0 for copies. NaN if the holdout consists of copies itself.
   *
   * @throws IllegalArgumentException if a data set is empty
   */
  public double medianRatio(Dataset<?> synthetic, Dataset<?> holdout) {
    return median(distances(synthetic)) / median(distances(holdout));
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("A median needs rows; the Dataset is empty.");
    }
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }
}
