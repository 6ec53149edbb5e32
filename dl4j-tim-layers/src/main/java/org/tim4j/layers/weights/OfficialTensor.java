package org.tim4j.layers.weights;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One tensor of the authors' state dict and the part of one of our parameters that it fills.
 *
 * @param name the authors' name
 * @param shape the authors' shape
 * @param parameter our parameter's name
 * @param arrangement how the values lie in our parameter
 * @param from first index of the part, along our parameter's last axis
 * @param to index behind the part, along our parameter's last axis
 */
record OfficialTensor(
    String name, long[] shape, String parameter, Arrangement arrangement, long from, long to) {

  /** How the authors' values and ours differ in order. */
  enum Arrangement {
    /** Same shape, same order. */
    SAME,
    /** Authors' {@code [out, in…]}, ours {@code [in, out]} with all input axes in one. */
    TRANSPOSED
  }

  /** Copies the authors' values into their part of our parameter, converting the type. */
  void load(INDArray values, INDArray parameter) {
    INDArray part = part(parameter);
    part.assign(values.reshape('c', part.shape()));
  }

  /**
   * Returns a new array with the authors' shape and the values of our parameter's part. It can be
   * closed, as a reshaped copy could not.
   */
  INDArray extract(INDArray parameter) {
    INDArray part = part(parameter);
    INDArray values = Nd4j.createUninitialized(part.dataType(), shape, 'c');
    values.reshape('c', part.shape()).assign(part);
    return values;
  }

  /** Returns a view on the part, its axes in the authors' order. */
  private INDArray part(INDArray parameter) {
    boolean whole = from == 0 && to == parameter.size(-1);
    return switch (arrangement) {
      case SAME -> whole ? parameter : parameter.get(NDArrayIndex.interval(from, to));
      case TRANSPOSED ->
          (whole ? parameter : parameter.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)))
              .transpose();
    };
  }

  TensorInfo info(TensorType type) {
    return new TensorInfo(name, type, shape);
  }

  boolean hasShape(TensorInfo info) {
    return Arrays.equals(shape, info.shape());
  }
}
