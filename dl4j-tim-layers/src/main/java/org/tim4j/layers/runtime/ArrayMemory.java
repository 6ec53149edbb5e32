package org.tim4j.layers.runtime;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;

/** The memory of ND4J arrays as kernels see it, without copies. */
final class ArrayMemory {
  private ArrayMemory() {}

  /** The array itself if its values lie in row-major order, otherwise a copy that does. */
  static INDArray rowMajor(INDArray array) {
    return isRowMajor(array) ? array : array.dup('c');
  }

  /**
   * Whether the values lie one after the other, the last axis fastest. Strides of axes of length 1
   * have no meaning and may be anything.
   */
  static boolean isRowMajor(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }

  /**
   * A view of a row-major array, which must stay alive as long as the view.
   *
   * @throws InvalidInputException if the array holds something else than float32 numbers
   */
  static FloatTensor tensor(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new InvalidInputException(
          "An array of type "
              + array.dataType()
              + " was given to the fused runtime, which computes in FLOAT: cast it first.");
    }
    return new FloatTensor(memory(array, array.length()), array.shape());
  }

  static FloatMemory memory(INDArray first, long length) {
    return FloatMemory.at(first.data().addressPointer().address(), length);
  }
}
