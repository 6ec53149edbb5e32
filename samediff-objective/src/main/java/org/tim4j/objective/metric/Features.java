package org.tim4j.objective.metric;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.InvalidInputException;

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
    if (width() != other.width()) {
      throw new InvalidInputException(
          "the two sets have "
              + width()
              + " and "
              + other.width()
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
    double[] from = rows[row];
    double[] distances = new double[other.count()];
    for (int j = 0; j < distances.length; j++) {
      double[] to = other.rows[j];
      double sum = 0;
      for (int i = 0; i < from.length; i++) {
        double difference = from[i] - to[i];
        sum += difference * difference;
      }
      distances[j] = sum;
    }
    return distances;
  }

  /** The row numbers of this set, to be worked on by all processors. */
  IntStream rowNumbers() {
    return IntStream.range(0, count()).parallel();
  }
}
