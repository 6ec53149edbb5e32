package org.tim4j.layers.weights;

import java.util.Arrays;

/**
 * What a safetensors file says about one tensor.
 *
 * @param name unique in its file
 * @param type element type as stored
 * @param shape extents, outermost first; empty for a scalar
 */
public record TensorInfo(String name, TensorType type, long[] shape) {
  public TensorInfo {
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /**
   * Returns the number of elements.
   *
   * @throws ArithmeticException if it exceeds a 64-bit integer
   */
  public long elements() {
    long elements = 1;
    for (long extent : shape) {
      elements = Math.multiplyExact(elements, extent);
    }
    return elements;
  }

  /**
   * Returns the number of bytes that the elements take in the file; elements of less than a byte
   * lie side by side.
   *
   * @throws ArithmeticException if it exceeds a 64-bit integer
   */
  public long byteLength() {
    long bits = Math.multiplyExact(elements(), (long) type.bits());
    return bits / Byte.SIZE + (bits % Byte.SIZE == 0 ? 0 : 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorInfo that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + type.hashCode()) + Arrays.hashCode(shape);
  }

  /** Returns for example {@code final_layer.linear.bias F32 [16]}. */
  @Override
  public String toString() {
    return name + " " + type + " " + Arrays.toString(shape);
  }
}
