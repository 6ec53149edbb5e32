package org.tim4j.objective.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between arrays of any floating type and Java's {@code double[]} in row-major order, for
 * sums that need double precision whatever the network computes in.
 */
public final class Doubles {
  private Doubles() {}

  /** Returns the values of {@code array}, which is not changed. */
  public static double[] of(INDArray array) {
    return Contiguous.of(array).data().asDouble();
  }

  /** Returns a new array with the given values and the shape and data type of {@code like}. */
  public static INDArray toArray(double[] values, INDArray like) {
    return toArray(values, like, like.shape());
  }

  /** Returns a new array with the given values and shape, and the data type of {@code like}. */
  public static INDArray toArray(double[] values, INDArray like, long... shape) {
    if (Floats.hold(like)) {
      float[] rounded = new float[values.length];
      for (int j = 0; j < values.length; j++) {
        rounded[j] = (float) values[j];
      }
      return Floats.toArray(rounded, shape);
    }
    return Nd4j.createFromArray(values).castTo(like.dataType()).reshape('c', shape);
  }
}
