package org.tim4j.objective.array;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.Require;

/** Arithmetic on batches with one factor for each sample (the first axis). */
public final class SampleWise {
  private SampleWise() {}

  /**
   * Returns {@code factors · x}, a new array of the shape and data type of {@code x}.
   *
   * @param factors one number for each sample
   * @param x {@code [batch, …]}, not changed
   */
  public static INDArray scale(double[] factors, INDArray x) {
    Require.oneForEachSample("the list of factors", factors, x);
    if (Floats.hold(x)) {
      float[] values = Floats.of(x);
      multiply(factors, values);
      return Floats.toArray(values, x.shape());
    }
    INDArray rows = x.reshape('c', x.size(0), x.length() / x.size(0));
    return rows.mulColumnVector(column(factors, x)).reshape('c', x.shape());
  }

  /**
   * Returns {@code a · x + b · y}, a new array of the shape and data type of {@code x}.
   *
   * @param a one factor of {@code x} for each sample
   * @param x {@code [batch, …]}, not changed
   * @param b one factor of {@code y} for each sample
   * @param y the same shape as {@code x}, not changed
   */
  public static INDArray combine(double[] a, INDArray x, double[] b, INDArray y) {
    Require.sameShape("the first array", x, "the second array", y);
    if (!Floats.hold(x) || !Floats.hold(y)) {
      return scale(a, x).addi(scale(b, y));
    }
    Require.oneForEachSample("the first list of factors", a, x);
    Require.oneForEachSample("the second list of factors", b, y);
    float[] sum = Floats.of(x);
    float[] other = Floats.of(y);
    multiply(a, sum);
    multiply(b, other);
    for (int j = 0; j < sum.length; j++) {
      sum[j] += other[j];
    }
    return Floats.toArray(sum, x.shape());
  }

  private static void multiply(double[] factors, float[] values) {
    int length = values.length / factors.length;
    for (int i = 0; i < factors.length; i++) {
      float factor = (float) factors[i];
      for (int j = i * length; j < (i + 1) * length; j++) {
        values[j] *= factor;
      }
    }
  }

  /**
   * Returns a new array that holds the samples {@code indices} of {@code x}, in this order.
   *
   * @param x {@code [batch, …]}, not changed
   */
  public static INDArray pick(INDArray x, int... indices) {
    INDArray rows = Contiguous.of(x).reshape('c', x.size(0), x.length() / x.size(0));
    long[] shape = x.shape().clone();
    shape[0] = indices.length;
    try {
      return Nd4j.pullRows(rows, 1, indices).reshape('c', shape);
    } finally {
      // ND4J 1.0.0-M2.1 (CpuNDArrayFactory.pullRows) gives native code the buffer of a view that
      // nothing refers to any more: a collection of garbage at that moment frees what is being read
      // and the process crashes.
      Reference.reachabilityFence(rows);
    }
  }

  /**
   * Returns a copy of {@code x} whose samples {@code indices} are those of {@code replacement}.
   *
   * @param x {@code [batch, …]}, not changed
   * @param replacement one sample for each index, not changed
   */
  public static INDArray replace(INDArray x, int[] indices, INDArray replacement) {
    INDArray copy = x.dup('c');
    for (int k = 0; k < indices.length; k++) {
      copy.slice(indices[k]).assign(replacement.slice(k));
    }
    return copy;
  }

  private static INDArray column(double[] factors, INDArray like) {
    return Nd4j.createFromArray(factors).castTo(like.dataType()).reshape(factors.length, 1);
  }
}
