package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/**
 * How alike the dependence of pairs of columns is, as SDMetrics' "column pair trends": the
 * similarity of Pearson's correlations for two columns of numbers; for others the complement of the
 * total variation distance of their joint distribution, numbers divided into 10 bins of equal width
 * over the range of the real ones.
 *
 * @param names of the columns
 * @param scores {@code [column][column]} in [0, 1]; NaN on the diagonal, and for a correlation with
 *     a constant
 */
public record PairTrends(List<String> names, double[][] scores) {
  private static final int BINS = 10;
  private static final int DENSE = 1 << 16;

  /**
   * Compares two tables.
   *
   * @param synthetic the same columns, with the categories of {@code real} first
   * @throws IllegalArgumentException if a table has no rows
   */
  public static PairTrends of(Table real, Table synthetic) {
    int width = real.columns().size();
    double[][] scores = new double[width][width];
    int[][] realCodes = new int[width][];
    int[][] syntheticCodes = new int[width][];
    int[] sizes = new int[width];
    for (int i = 0; i < width; i++) {
      TableColumn column = real.columns().get(i);
      TableColumn other = synthetic.columns().get(i);
      double[] edges = column.isCategorical() ? null : edges(column.present());
      realCodes[i] = codes(column, edges);
      syntheticCodes[i] = codes(other, edges);
      sizes[i] = edges == null ? 1 + other.categories().size() : BINS + 3;
    }
    double[][] a = PearsonCorrelation.of(numbers(real));
    double[][] b = PearsonCorrelation.of(numbers(synthetic));
    for (int i = 0; i < width; i++) {
      scores[i][i] = Double.NaN;
      for (int j = i + 1; j < width; j++) {
        boolean categorical =
            real.columns().get(i).isCategorical() || real.columns().get(j).isCategorical();
        scores[i][j] =
            categorical
                ? contingency(
                    joint(realCodes[i], realCodes[j], sizes[j]),
                    joint(syntheticCodes[i], syntheticCodes[j], sizes[j]),
                    (long) sizes[i] * sizes[j])
                : 1 - Math.abs(a[i][j] - b[i][j]) / 2;
        scores[j][i] = scores[i][j];
      }
    }
    return new PairTrends(real.columns().stream().map(TableColumn::name).toList(), scores);
  }

  /** Columns of numbers; categories stand as constants. */
  private static double[][] numbers(Table table) {
    return table.columns().stream()
        .map(column -> column.isCategorical() ? new double[table.rows()] : column.values())
        .toArray(double[][]::new);
  }

  private static double[] edges(double[] values) {
    double minimum = Arrays.stream(values).min().orElse(0);
    double maximum = Arrays.stream(values).max().orElse(0);
    double half = minimum == maximum ? 0.5 : 0; // NumPy widens an empty range by 1/2.
    double[] edges = new double[BINS + 1];
    for (int i = 0; i <= BINS; i++) {
      edges[i] = minimum - half + (maximum - minimum + 2 * half) * i / BINS;
    }
    edges[BINS] = maximum + half;
    return edges;
  }

  /** 0 is missing; then categories, or bins whose lower edges are included. */
  private static int[] codes(TableColumn column, double[] edges) {
    int[] codes = new int[column.values().length];
    for (int row = 0; row < codes.length; row++) {
      double value = column.values()[row];
      if (!Double.isNaN(value)) {
        codes[row] = 1 + (edges == null ? (int) value : bin(edges, value));
      }
    }
    return codes;
  }

  private static int bin(double[] edges, double value) {
    int at = Arrays.binarySearch(edges, value);
    return at >= 0 ? at + 1 : -at - 1;
  }

  private static long[] joint(int[] first, int[] second, int size) {
    long[] joint = new long[first.length];
    for (int row = 0; row < joint.length; row++) {
      joint[row] = (long) first[row] * size + second[row];
    }
    return joint;
  }

  private static double contingency(long[] real, long[] synthetic, long cells) {
    if (real.length == 0 || synthetic.length == 0) {
      throw new IllegalArgumentException("Both tables need rows.");
    }
    double distance = 0;
    if (cells <= DENSE) {
      double[] shares = new double[(int) cells];
      for (long cell : real) {
        shares[(int) cell] += 1.0 / real.length;
      }
      for (long cell : synthetic) {
        shares[(int) cell] -= 1.0 / synthetic.length;
      }
      distance = Arrays.stream(shares).map(Math::abs).sum();
    } else {
      Map<Long, Double> shares = new HashMap<>();
      for (long cell : real) {
        shares.merge(cell, 1.0 / real.length, Double::sum);
      }
      for (long cell : synthetic) {
        shares.merge(cell, -1.0 / synthetic.length, Double::sum);
      }
      distance = shares.values().stream().mapToDouble(Math::abs).sum();
    }
    return 1 - distance / 2;
  }

  /** One minus the mean score of the pairs that have one: the pair-wise trend error. */
  public double error() {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = i + 1; j < scores.length; j++) {
        if (!Double.isNaN(scores[i][j])) {
          sum += scores[i][j];
          pairs++;
        }
      }
    }
    return pairs == 0 ? 0 : 1 - sum / pairs;
  }
}
