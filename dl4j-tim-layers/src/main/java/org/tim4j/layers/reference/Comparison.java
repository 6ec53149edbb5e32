package org.tim4j.layers.reference;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the arrays of one case and keeps the largest error. */
public final class Comparison {
  private final String file;
  private final String name;
  private final Precision precision;
  private final double tolerance;
  private int arrays;
  private double maxError;
  private String worst = "";

  /**
   * @param file name of the file without its ending
   * @param name name of the case
   */
  public Comparison(String file, String name, Precision precision) {
    this(file, name, precision, precision.tolerance());
  }

  /** As above, with a tolerance of its own. */
  public Comparison(String file, String name, Precision precision, double tolerance) {
    this.file = file;
    this.name = name;
    this.precision = precision;
    this.tolerance = tolerance;
  }

  /** Compares two arrays of equal length; a NaN on either side counts as infinite error. */
  public Comparison compare(String array, double[] expected, double[] actual) {
    arrays++;
    double error =
        expected.length == actual.length
            ? precision.error(expected, actual)
            : Double.POSITIVE_INFINITY;
    if (error > maxError || worst.isEmpty()) {
      maxError = error;
      worst = array;
    }
    return this;
  }

  /** Compares two arrays in row-major order, whatever their shapes. */
  public Comparison compare(String array, double[] expected, INDArray actual) {
    INDArray flat = actual.castTo(DataType.DOUBLE).reshape('c', new long[] {actual.length()});
    return compare(array, expected, flat.toDoubleVector());
  }

  /** Compares two numbers. */
  public Comparison compare(String array, double expected, double actual) {
    return compare(array, new double[] {expected}, new double[] {actual});
  }

  /** Returns the outcome so far. */
  public CaseResult result() {
    return new CaseResult(file, name, arrays, maxError, tolerance, worst);
  }
}
