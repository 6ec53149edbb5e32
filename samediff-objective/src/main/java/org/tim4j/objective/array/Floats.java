package org.tim4j.objective.array;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between arrays of {@link DataType#FLOAT} and Java's {@code float[]} in row-major order.
 * Arithmetic on a batch of small samples is done there: an ND4J operation takes longer to begin
 * than such a batch takes to compute.
 */
final class Floats {
  private Floats() {}

  static boolean hold(INDArray array) {
    return array.dataType() == DataType.FLOAT;
  }

  /** Returns the values of {@code array}, which is not changed. */
  static float[] of(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    INDArray contiguous = Contiguous.of(array);
    contiguous.data().asNioFloat().get(values);
    Reference.reachabilityFence(contiguous); // Java's buffer does not keep a copy's memory alive.
    return values;
  }

  /** Returns a new array. */
  static INDArray toArray(float[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}
