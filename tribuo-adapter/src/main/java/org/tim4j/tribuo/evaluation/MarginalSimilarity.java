package org.tim4j.tribuo.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tim4j.tribuo.encoding.Column;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.encoding.TabularEncoding;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;

/**
 * Similarity of every column of two data sets: the Kolmogorov–Smirnov complement of numbers, the
 * total-variation complement of one-hot categories.
 *
 * @param columns by name of the feature, or of the first feature of a category; each in [0, 1]
 */
public record MarginalSimilarity(Map<String, Double> columns) {

  /**
   * Compares the columns of the real data with those of the synthetic data.
   *
   * @throws IllegalArgumentException if a data set is empty
   */
  public static MarginalSimilarity of(
      Dataset<?> real, Dataset<?> synthetic, String oneHotSeparator) {
    ImmutableFeatureMap features = real.getFeatureIDMap();
    double[][] realRows = FeatureTable.of(real, features);
    double[][] syntheticRows = FeatureTable.of(synthetic, features);
    Map<String, Double> columns = new LinkedHashMap<>();
    for (Column column : TabularEncoding.fit(real, Scaling.STANDARD, oneHotSeparator).columns()) {
      int[] ids = column.features();
      double similarity =
          ids.length > 1
              ? Marginals.totalVariationComplement(
                  categories(realRows, ids), categories(syntheticRows, ids))
              : Marginals.kolmogorovSmirnovComplement(
                  FeatureTable.column(realRows, ids[0]),
                  FeatureTable.column(syntheticRows, ids[0]));
      columns.put(features.get(ids[0]).getName(), similarity);
    }
    return new MarginalSimilarity(columns);
  }

  private static int[] categories(double[][] rows, int[] ids) {
    int[] categories = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      categories[i] = -1;
      for (int id : ids) {
        categories[i] = rows[i][id] > 0 ? id : categories[i];
      }
    }
    return categories;
  }

  /** The mean over the columns, in [0, 1]. */
  public double mean() {
    return columns.values().stream().mapToDouble(v -> v).average().orElse(1);
  }
}
