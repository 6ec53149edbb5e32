package org.tim4j.layers.base;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of arguments; each throws an {@link InvalidInputException} that names the argument. */
public final class Require {
  private Require() {}

  /** Returns {@code value} if it is finite and greater than zero. */
  public static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InvalidInputException(
          name + " is " + value + "; give a finite number greater than zero");
    }
    return value;
  }

  /** Returns {@code value} if it is finite. */
  public static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidInputException(name + " is " + value + "; give a finite number");
    }
    return value;
  }

  /** Returns {@code value} if it lies between {@code low} and {@code high}, both included. */
  public static double between(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new InvalidInputException(
          name + " is " + value + "; give a number from " + low + " to " + high);
    }
    return value;
  }

  /** Returns {@code value} if it is at least {@code low}. */
  public static int atLeast(String name, int value, int low) {
    if (value < low) {
      throw new InvalidInputException(name + " is " + value + "; it must be at least " + low);
    }
    return value;
  }

  /** Returns {@code value} if it is not null. */
  public static <T> T present(String name, T value) {
    if (value == null) {
      throw new InvalidInputException(name + " is null; it must be given");
    }
    return value;
  }

  /** Requires that two arrays have the same shape. */
  public static void sameShape(String nameA, INDArray a, String nameB, INDArray b) {
    present(nameA, a);
    present(nameB, b);
    if (!a.equalShapes(b)) {
      throw new InvalidInputException(
          nameA
              + " has shape "
              + Arrays.toString(a.shape())
              + " and "
              + nameB
              + " has shape "
              + Arrays.toString(b.shape())
              + "; both must have the same");
    }
  }

  /** Requires that every value of {@code batch}, {@code [batch, …]}, is finite. */
  public static void finite(String name, INDArray batch) {
    // One infinite or NaN element makes the sum so; the search for it is only needed then.
    if (Double.isFinite(batch.sumNumber().doubleValue())) {
      return;
    }
    double[] values = batch.dup('c').data().asDouble();
    long length = batch.length() / batch.size(0);
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        throw new InvalidInputException(
            name
                + " holds "
                + values[j]
                + " in sample "
                + j / length
                + " of the batch; give finite numbers");
      }
    }
  }

  /** Requires one value for each sample along the first axis of {@code batch}. */
  public static void oneForEachSample(String name, double[] values, INDArray batch) {
    present(name, values);
    if (values.length != batch.size(0)) {
      throw new InvalidInputException(
          name
              + " holds "
              + values.length
              + " values for a batch of "
              + batch.size(0)
              + "; give one for each sample");
    }
  }
}
