package org.tim4j.objective.metric;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Decompositions in double precision by OpenBLAS's LAPACK, which ND4J's CPU backend brings. */
final class Lapack {
  private static final byte VALUES_ALONE = 'N';
  private static final byte VALUES_AND_VECTORS = 'V';
  private static final byte UPPER = 'U';

  /**
   * @param values ascending
   * @param vectors one a row, in the order of the values
   */
  record Eigen(double[] values, INDArray vectors) {}

  private Lapack() {}

  /**
   * Decomposes a symmetric matrix.
   *
   * @param symmetric {@code [n, n]}
   * @throws MetricException if a number is not finite
   */
  static Eigen eigen(INDArray symmetric) {
    int n = Math.toIntExact(symmetric.size(0));
    // Column-major on return, so that a row of the array is a vector.
    double[] matrix = finite(symmetric);
    double[] values = new double[n];
    check(
        openblas.LAPACKE_dsyevd(
            openblas.LAPACK_COL_MAJOR, VALUES_AND_VECTORS, UPPER, n, matrix, n, values));
    return new Eigen(values, Nd4j.create(matrix, new long[] {n, n}, 'c'));
  }

  /**
   * Returns the sum of the singular values of a matrix, also known as its nuclear norm.
   *
   * @param matrix {@code [m, n]}
   * @throws MetricException if a number is not finite
   */
  static double sumOfSingularValues(INDArray matrix) {
    int rows = Math.toIntExact(matrix.size(0));
    int columns = Math.toIntExact(matrix.size(1));
    double[] values = new double[Math.min(rows, columns)];
    double[] none = new double[1];
    // Rows are given as columns: a transposed matrix has the same singular values.
    check(
        openblas.LAPACKE_dgesdd(
            openblas.LAPACK_COL_MAJOR,
            VALUES_ALONE,
            columns,
            rows,
            finite(matrix),
            columns,
            values,
            none,
            1,
            none,
            1));
    return Arrays.stream(values).sum();
  }

  private static double[] finite(INDArray matrix) {
    double[] values = matrix.reshape('c', new long[] {matrix.length()}).toDoubleVector();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new MetricException(
            String.format(
                Locale.ROOT,
                "a product of the features is %s; scale them down to numbers that can be squared",
                value));
      }
    }
    return values;
  }

  private static void check(int outcome) {
    if (outcome != 0) {
      throw new MetricException("a matrix could not be decomposed (LAPACK says " + outcome + ")");
    }
  }
}
