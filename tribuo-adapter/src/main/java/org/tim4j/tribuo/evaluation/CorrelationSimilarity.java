package org.tim4j.tribuo.evaluation;

import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;

/** How well the linear dependence between columns is kept. */
public final class CorrelationSimilarity {
  private CorrelationSimilarity() {}

  /**
   * Compares the features of two data sets, absent ones as 0; see {@link #of(double[][],
   * double[][])}.
   */
  public static double of(Dataset<?> real, Dataset<?> synthetic) {
    ImmutableFeatureMap features = real.getFeatureIDMap();
    return of(FeatureTable.of(real, features), FeatureTable.of(synthetic, features));
  }

  /**
   * The mean over all pairs of columns of {@code 1 - |ρ_real - ρ_synthetic| / 2}, with Pearson's
   * correlation ρ. Pairs with a column that is constant in either table have no correlation and are
   * left out.
   *
   * @param real {@code [row][column]}
   * @param synthetic {@code [row][column]}, the same columns
   * @return in [0, 1]; 1 if no pair is left
   * @throws IllegalArgumentException if a table is empty or the tables differ in width
   */
  public static double of(double[][] real, double[][] synthetic) {
    if (real.length == 0 || synthetic.length == 0 || real[0].length != synthetic[0].length) {
      throw new IllegalArgumentException(
          "Two tables with rows and the same columns are needed, found "
              + real.length
              + " and "
              + synthetic.length
              + " rows.");
    }
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < real[0].length; a++) {
      for (int b = a + 1; b < real[0].length; b++) {
        double similarity = 1 - Math.abs(pearson(real, a, b) - pearson(synthetic, a, b)) / 2;
        if (!Double.isNaN(similarity)) {
          sum += similarity;
          pairs++;
        }
      }
    }
    return pairs == 0 ? 1 : sum / pairs;
  }

  /** NaN for a constant column. */
  private static double pearson(double[][] rows, int a, int b) {
    double meanA = 0;
    double meanB = 0;
    for (double[] row : rows) {
      meanA += row[a] / rows.length;
      meanB += row[b] / rows.length;
    }
    double covariance = 0;
    double varianceA = 0;
    double varianceB = 0;
    for (double[] row : rows) {
      covariance += (row[a] - meanA) * (row[b] - meanB);
      varianceA += (row[a] - meanA) * (row[a] - meanA);
      varianceB += (row[b] - meanB) * (row[b] - meanB);
    }
    return covariance / Math.sqrt(varianceA * varianceB);
  }
}
