package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pearson's correlations of all pairs of columns, in one pass over blocks of rows. */
final class PearsonCorrelation {
  private static final int BLOCK = 4096;
  private static final double ROUNDING = 1e-12;

  private PearsonCorrelation() {}

  /**
   * Returns the correlations; a pair's are those of the rows that have both values.
   *
   * @param columns {@code [column][row]}; NaN is missing
   * @return {@code [column][column]}; NaN if either column is constant
   */
  static double[][] of(double[][] columns) {
    int width = columns.length;
    int rows = columns[0].length;
    double[] shift = new double[width];
    boolean complete = true;
    for (int i = 0; i < width; i++) {
      shift[i] = Arrays.stream(columns[i]).filter(v -> !Double.isNaN(v)).average().orElse(0);
      complete = complete && Arrays.stream(columns[i]).noneMatch(Double::isNaN);
    }
    Sums sums = new Sums(width);
    for (int start = 0; start < rows; start += BLOCK) {
      sums.add(columns, shift, start, Math.min(BLOCK, rows - start), complete);
    }
    return sums.correlations();
  }

  /** Sums over the rows that have both values: of 1, x, x² and xy. */
  private static final class Sums {
    private final INDArray count;
    private final INDArray first;
    private final INDArray squares;
    private final INDArray products;

    Sums(int width) {
      count = Nd4j.zeros(DataType.DOUBLE, width, width);
      first = count.dup();
      squares = count.dup();
      products = count.dup();
    }

    void add(double[][] columns, double[] shift, int start, int length, boolean complete) {
      double[][] values = new double[columns.length][length];
      double[][] present = new double[columns.length][length];
      for (int i = 0; i < columns.length; i++) {
        for (int row = 0; row < length; row++) {
          double value = columns[i][start + row];
          boolean there = !Double.isNaN(value);
          values[i][row] = there ? value - shift[i] : 0;
          present[i][row] = there ? 1 : 0;
        }
      }
      try (INDArray x = Nd4j.createFromArray(values);
          INDArray squared = x.mul(x)) {
        add(products, x, x);
        if (complete) { // Then the other sums are the same for all partners of a column.
          count.addi(length);
          first.addiColumnVector(x.sum(1).reshape(columns.length, 1));
          squares.addiColumnVector(squared.sum(1).reshape(columns.length, 1));
        } else {
          try (INDArray mask = Nd4j.createFromArray(present)) {
            add(count, mask, mask);
            add(first, x, mask);
            add(squares, squared, mask);
          }
        }
      }
    }

    private static void add(INDArray sum, INDArray left, INDArray right) {
      try (INDArray product = left.mmul(right.transpose())) {
        sum.addi(product);
      }
    }

    double[][] correlations() {
      double[][] n = count.toDoubleMatrix();
      double[][] x = first.toDoubleMatrix();
      double[][] xx = squares.toDoubleMatrix();
      double[][] xy = products.toDoubleMatrix();
      double[][] correlations = new double[n.length][n.length];
      for (int i = 0; i < n.length; i++) {
        for (int j = 0; j < n.length; j++) {
          double covariance = xy[i][j] - x[i][j] * x[j][i] / n[i][j];
          double varianceI = variance(xx[i][j], x[i][j], n[i][j]);
          double varianceJ = variance(xx[j][i], x[j][i], n[i][j]);
          correlations[i][j] =
              Math.min(1, Math.max(-1, covariance / Math.sqrt(varianceI * varianceJ)));
        }
      }
      return correlations;
    }

    /** NaN for what is rounding alone. */
    private static double variance(double squares, double sum, double count) {
      double variance = squares - sum * sum / count;
      return variance > ROUNDING * squares ? variance : Double.NaN;
    }
  }
}
