package org.tim4j.layers.runtime;

import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.memory.FloatMemory;

/**
 * Arrays by name that lie one after the other, as kernels see them.
 *
 * @param arrays the arrays, which keep the memory alive
 * @param memory all their values; found once, since the arrays of a network do not move
 */
record FlatArrays(Map<String, INDArray> arrays, FloatMemory memory) {
  /**
   * @throws InvalidInputException if they do not lie so or are not of type FLOAT
   */
  static FlatArrays of(Map<String, INDArray> arrays) {
    for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
      if (entry.getValue().dataType() != DataType.FLOAT) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "Parameter %s is of type %s; fused kernels compute in FLOAT only.",
                entry.getKey(),
                entry.getValue().dataType()));
      }
    }
    INDArray first = arrays.values().iterator().next();
    long start = address(first);
    long length = 0;
    for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
      INDArray array = entry.getValue();
      if (!ArrayMemory.isRowMajor(array) || address(array) != start + length * Float.BYTES) {
        throw new InvalidInputException(
            "Parameter "
                + entry.getKey()
                + " does not follow the one before it in row-major order, as fused kernels need;"
                + " use parameters of a Deeplearning4j graph.");
      }
      length += array.length();
    }
    return new FlatArrays(arrays, ArrayMemory.memory(first, length));
  }

  private static long address(INDArray array) {
    return array.data().addressPointer().address();
  }
}
