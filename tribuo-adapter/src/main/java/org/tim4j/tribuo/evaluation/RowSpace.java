package org.tim4j.tribuo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;

/**
 * The space in which rows are near or far, as the published evaluations have it: numbers divided by
 * the range of the real ones, categories one-hot. A missing number is the mean, and a category of
 * its own.
 */
final class RowSpace {
  private final List<double[]> ranges = new ArrayList<>();
  private final List<Double> means = new ArrayList<>();

  /**
   * @param real rows that say the range of each column
   */
  RowSpace(Table real) {
    for (TableColumn column : real.columns()) {
      double[] present = column.present();
      double minimum = Arrays.stream(present).min().orElse(0);
      double maximum = Arrays.stream(present).max().orElse(0);
      ranges.add(new double[] {minimum, maximum > minimum ? maximum - minimum : 1});
      means.add(Arrays.stream(present).average().orElse(0));
    }
  }

  /** The rows as points. */
  Points points(Table table) {
    int rows = table.rows();
    List<double[]> numbers = new ArrayList<>();
    List<int[]> categories = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      TableColumn column = table.columns().get(i);
      int[] codes = new int[rows];
      double[] scaled = new double[rows];
      for (int row = 0; row < rows; row++) {
        double value = column.values()[row];
        boolean missing = Double.isNaN(value);
        codes[row] = missing ? 0 : column.isCategorical() ? 1 + (int) value : 1;
        scaled[row] = ((missing ? means.get(i) : value) - ranges.get(i)[0]) / ranges.get(i)[1];
      }
      categories.add(codes);
      if (!column.isCategorical()) {
        numbers.add(scaled);
      }
    }
    return new Points(byRow(numbers, rows), byRowOf(categories, rows));
  }

  private static double[][] byRow(List<double[]> columns, int rows) {
    double[][] points = new double[rows][columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < rows; row++) {
        points[row][i] = columns.get(i)[row];
      }
    }
    return points;
  }

  private static int[][] byRowOf(List<int[]> columns, int rows) {
    int[][] points = new int[rows][columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < rows; row++) {
        points[row][i] = columns.get(i)[row];
      }
    }
    return points;
  }

  /**
   * Points of the space.
   *
   * @param numbers {@code [row][number]}
   * @param categories {@code [row][column]}
   */
  record Points(double[][] numbers, int[][] categories) {
    int count() {
      return categories.length;
    }

    /** The squared distance of two rows; two one-hot categories that differ are 2 apart. */
    double distance(int row, Points other, int otherRow, double limit) {
      double sum = 0;
      int[] a = categories[row];
      int[] b = other.categories[otherRow];
      for (int i = 0; i < a.length && sum < limit; i++) {
        sum += a[i] == b[i] ? 0 : 2;
      }
      double[] x = numbers[row];
      double[] y = other.numbers[otherRow];
      for (int i = 0; i < x.length && sum < limit; i++) {
        sum += (x[i] - y[i]) * (x[i] - y[i]);
      }
      return sum;
    }

    /**
     * The two nearest rows of other points.
     *
     * @param self whether the other points are these, and a row is not its own neighbour
     */
    Nearest nearest(int row, Points other, boolean self) {
      double first = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      int at = -1;
      for (int i = 0; i < other.count(); i++) {
        if (self && i == row) {
          continue;
        }
        double distance = distance(row, other, i, second);
        if (distance < first) {
          second = first;
          first = distance;
          at = i;
        } else {
          second = Math.min(second, distance);
        }
      }
      return new Nearest(at, Math.sqrt(first), Math.sqrt(second));
    }

    /** The distances of all rows to the centre of other points. */
    double[] toCentreOf(Points other) {
      double[] mean = new double[other.numbers[0].length];
      for (double[] row : other.numbers) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += row[i] / other.count();
        }
      }
      List<double[]> shares = new ArrayList<>();
      for (int column = 0; column < categories[0].length; column++) {
        shares.add(other.shares(column));
      }
      double[] distances = new double[count()];
      for (int row = 0; row < distances.length; row++) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
          sum += (numbers[row][i] - mean[i]) * (numbers[row][i] - mean[i]);
        }
        for (int i = 0; i < shares.size(); i++) {
          // The square of (one-hot - shares): 1 - 2 p + Σ p².
          double[] p = shares.get(i);
          int category = categories[row][i];
          double squares = Arrays.stream(p).map(v -> v * v).sum();
          sum += 1 - 2 * (category < p.length ? p[category] : 0) + squares;
        }
        distances[row] = Math.sqrt(Math.max(0, sum));
      }
      return distances;
    }

    private double[] shares(int column) {
      int most = Arrays.stream(categories).mapToInt(row -> row[column]).max().orElse(0);
      double[] shares = new double[most + 1];
      for (int[] row : categories) {
        shares[row[column]] += 1.0 / count();
      }
      return shares;
    }
  }

  /**
   * The nearest rows.
   *
   * @param row the nearest
   * @param distance its distance
   * @param second the distance of the second nearest
   */
  record Nearest(int row, double distance, double second) {}
}
