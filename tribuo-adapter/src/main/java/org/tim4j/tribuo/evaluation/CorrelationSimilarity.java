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
    double[][] a = PearsonCorrelation.of(columns(real));
    double[][] b = PearsonCorrelation.of(columns(synthetic));
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = i + 1; j < a.length; j++) {
        double similarity = 1 - Math.abs(a[i][j] - b[i][j]) / 2;
        if (!Double.isNaN(similarity)) {
          sum += similarity;
          pairs++;
        }
      }
    }
    return pairs == 0 ? 1 : sum / pairs;
  }

  private static double[][] columns(double[][] rows) {
    double[][] columns = new double[rows[0].length][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = FeatureTable.column(rows, i);
    }
    return columns;
  }
}
