package org.tim4j.objective.metric;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/** A checked set of feature vectors, one a row. */
final class Features {
  private final double[][] rows;

  private Features(double[][] rows) {
    this.rows = rows;
  }

  /**
   * Copies a matrix of shape {@code [n, features]}.
   *
   * @throws InvalidInputException if it is not a matrix, has fewer than {@code atLeast} rows or
   *     holds a value that is not finite
   */
  static Features of(String name, INDArray matrix, int atLeast) {
    if (matrix.rank() != 2) {
      throw new InvalidInputException(
          name + " features have rank " + matrix.rank() + "; give a matrix [n, features]");
    }
    if (matrix.size(0) < atLeast) {
      throw new InvalidInputException(
          name + " features have " + matrix.size(0) + " rows; at least " + atLeast + " are needed");
    }
    double[][] rows = matrix.toDoubleMatrix();
    for (int row = 0; row < rows.length; row++) {
      for (double value : rows[row]) {
        if (!Double.isFinite(value)) {
          throw new InvalidInputException(
              name + " features hold " + value + " in row " + row + "; every value must be finite");
        }
      }
    }
    return new Features(rows);
  }

  void requireSameWidth(Features other) {
    requireWidth(other.width());
  }

  void requireWidth(int other) {
    if (width() != other) {
      throw new InvalidInputException(
          "the two sets have "
              + width()
              + " and "
              + other
              + " features a row; compare sets of equal width");
    }
  }

  int count() {
    return rows.length;
  }

  int width() {
    return rows[0].length;
  }

  double[][] rows() {
    return rows;
  }

  /** Squared Euclidean distances from row {@code row} of this set to every row of the other. */
  double[] squaredDistances(int row, Features other) {
    double[] distances = new double[other.count()];
    for (int j = 0; j < distances.length; j++) {
      distances[j] = squaredDistance(rows[row], other.rows[j]);
    }
    return distances;
  }

  /** Four sums at a time, because one sum alone waits for each of its additions. */
  private static double squaredDistance(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      double d0 = a[i] - b[i];
      double d1 = a[i + 1] - b[i + 1];
      double d2 = a[i + 2] - b[i + 2];
      double d3 = a[i + 3] - b[i + 3];
      sum0 += d0 * d0;
      sum1 += d1 * d1;
      sum2 += d2 * d2;
      sum3 += d3 * d3;
    }
    for (; i < a.length; i++) {
      double d = a[i] - b[i];
      sum0 += d * d;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** The row numbers of this set, to be worked on by all processors. */
  IntStream rowNumbers() {
    return IntStream.range(0, count()).parallel();
  }
}
