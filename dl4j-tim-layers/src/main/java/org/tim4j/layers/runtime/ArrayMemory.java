package org.tim4j.layers.runtime;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.InvalidInputException;
import org.tim4j.layers.kernel.FloatMemory;
import org.tim4j.layers.kernel.FloatTensor;

/** The memory of ND4J arrays as kernels see it, without copies. */
final class ArrayMemory {
  private ArrayMemory() {}

  /** The array itself if its values lie in row-major order, otherwise a copy that does. */
  static INDArray rowMajor(INDArray array) {
    return isRowMajor(array) ? array : array.dup('c');
  }

  /** Strides of axes of length 1 have no meaning and may be anything. */
  private static boolean isRowMajor(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }

  /** A view of a row-major array, which must stay alive as long as the view. */
  static FloatTensor tensor(INDArray array) {
    return new FloatTensor(memory(array, array.length()), array.shape());
  }

  private static FloatMemory memory(INDArray first, long length) {
    return FloatMemory.at(first.data().addressPointer().address(), length);
  }

  /**
   * One view of row-major arrays that lie one after the other.
   *
   * @throws InvalidInputException if they do not
   */
  static FloatMemory contiguous(Map<String, INDArray> arrays) {
    INDArray first = arrays.values().iterator().next();
    long start = first.data().addressPointer().address();
    long length = 0;
    for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
      INDArray array = entry.getValue();
      long address = array.data().addressPointer().address();
      if (!isRowMajor(array) || address != start + length * Float.BYTES) {
        throw new InvalidInputException(
            "Parameter "
                + entry.getKey()
                + " does not follow the one before it in row-major order, as fused kernels need;"
                + " use parameters of a Deeplearning4j graph.");
      }
      length += array.length();
    }
    return memory(first, length);
  }
}
