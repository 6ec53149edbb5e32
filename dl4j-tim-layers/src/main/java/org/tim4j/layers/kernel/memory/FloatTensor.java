package org.tim4j.layers.kernel.memory;

import java.util.Arrays;
import org.tim4j.layers.base.InvalidInputException;

/** A row-major float32 array of any rank in off-heap memory. */
public record FloatTensor(FloatMemory memory, long... shape) {
  /**
   * @throws InvalidInputException if the memory is shorter than the shape says
   */
  public FloatTensor {
    shape = shape.clone();
    long count = count(shape);
    if (count > memory.length()) {
      throw new InvalidInputException(
          "An array of shape "
              + Arrays.toString(shape)
              + " was given memory for "
              + memory.length()
              + " values; it needs "
              + count
              + ".");
    }
  }

  /** A new array of zeros. */
  public static FloatTensor zeros(long... shape) {
    return new FloatTensor(FloatMemory.allocate(count(shape)), shape);
  }

  /** Size of an axis. */
  public int size(int axis) {
    return Math.toIntExact(shape[axis]);
  }

  /** Number of values. */
  public int length() {
    return Math.toIntExact(count(shape));
  }

  /** Number of values of an array of this shape. */
  public static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return count;
  }

  /** The array as rows of its last axis. */
  public Matrix rows() {
    int width = size(shape.length - 1);
    return Matrix.of(memory, length() / width, width);
  }
}
