package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.List;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/**
 * How strongly the columns of a table depend on each other: the absolute correlation of numbers;
 * Cramér's V of others, numbers divided at their deciles.
 *
 * @param names of the columns
 * @param strengths {@code [column][column]} in [0, 1]; 0 for a constant
 */
public record Association(List<String> names, double[][] strengths) {
  private static final int BINS = 10;

  /** Measures all pairs of columns. */
  public static Association of(Table table) {
    int width = table.columns().size();
    double[][] numbers =
        table.columns().stream()
            .map(column -> column.isCategorical() ? new double[table.rows()] : column.values())
            .toArray(double[][]::new);
    double[][] correlations = PearsonCorrelation.of(numbers);
    int[][] codes = table.columns().stream().map(Association::codes).toArray(int[][]::new);
    double[][] strengths = new double[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = i; j < width; j++) {
        boolean categorical =
            table.columns().get(i).isCategorical() || table.columns().get(j).isCategorical();
        double strength = categorical ? cramersV(codes[i], codes[j]) : Math.abs(correlations[i][j]);
        strengths[i][j] = Double.isNaN(strength) ? 0 : strength;
        strengths[j][i] = strengths[i][j];
      }
    }
    return new Association(table.columns().stream().map(TableColumn::name).toList(), strengths);
  }

  private static int[] codes(TableColumn column) {
    double[] sorted = column.present();
    Arrays.sort(sorted);
    int[] codes = new int[column.values().length];
    for (int row = 0; row < codes.length; row++) {
      double value = column.values()[row];
      if (Double.isNaN(value)) {
        continue;
      }
      if (column.isCategorical()) {
        codes[row] = 1 + (int) value;
        continue;
      }
      int bin = 0;
      while (bin < BINS - 1 && value > sorted[(int) ((bin + 1L) * sorted.length / BINS)]) {
        bin++;
      }
      codes[row] = 1 + bin;
    }
    return codes;
  }

  private static double cramersV(int[] first, int[] second) {
    int a = 1 + Arrays.stream(first).max().orElse(0);
    int b = 1 + Arrays.stream(second).max().orElse(0);
    double[] joint = new double[a * b];
    double[] left = new double[a];
    double[] right = new double[b];
    double n = first.length;
    for (int row = 0; row < first.length; row++) {
      joint[first[row] * b + second[row]] += 1 / n;
      left[first[row]] += 1 / n;
      right[second[row]] += 1 / n;
    }
    double chiSquare = 0;
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        double expected = left[i] * right[j];
        if (expected > 0) {
          chiSquare += (joint[i * b + j] - expected) * (joint[i * b + j] - expected) / expected;
        }
      }
    }
    long rows = Arrays.stream(left).filter(p -> p > 0).count();
    long columns = Arrays.stream(right).filter(p -> p > 0).count();
    return Math.min(1, Math.sqrt(chiSquare / (Math.min(rows, columns) - 1)));
  }
}
