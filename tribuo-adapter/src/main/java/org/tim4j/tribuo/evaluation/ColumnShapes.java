package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/**
 * How alike the distributions of single columns are, as SDMetrics' "column shapes": the complement
 * of the Kolmogorov–Smirnov statistic for numbers, that of the total variation distance for
 * categories, of which a missing value is one.
 *
 * @param scores in [0, 1], by column; 1 is the same distribution
 */
public record ColumnShapes(Map<String, Double> scores) {
  /**
   * Compares two tables.
   *
   * @param synthetic the same columns, with the categories of {@code real} first
   * @throws IllegalArgumentException if a table has no rows
   */
  public static ColumnShapes of(Table real, Table synthetic) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < real.columns().size(); i++) {
      TableColumn a = real.columns().get(i);
      TableColumn b = synthetic.columns().get(i);
      scores.put(a.name(), a.isCategorical() ? categories(a, b) : numbers(a, b));
    }
    return new ColumnShapes(scores);
  }

  private static double categories(TableColumn real, TableColumn synthetic) {
    return Marginals.totalVariationComplement(codes(real), codes(synthetic));
  }

  private static int[] codes(TableColumn column) {
    return Arrays.stream(column.values()).mapToInt(v -> Double.isNaN(v) ? -1 : (int) v).toArray();
  }

  private static double numbers(TableColumn real, TableColumn synthetic) {
    double[] a = real.present();
    double[] b = synthetic.present();
    if (a.length == 0 || b.length == 0) {
      return a.length == b.length ? 1 : 0;
    }
    return Marginals.kolmogorovSmirnovComplement(a, b);
  }

  /** One minus the mean score: the column-wise density error. */
  public double error() {
    return 1 - scores.values().stream().mapToDouble(v -> v).average().orElse(1);
  }

  /** The column with the lowest score. */
  public String worst() {
    return scores.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }
}
