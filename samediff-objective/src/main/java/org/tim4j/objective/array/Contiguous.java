package org.tim4j.objective.array;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays whose buffer holds their values, in row-major order, and nothing else. */
final class Contiguous {
  private Contiguous() {}

  /** Returns the array itself if it is one, or else a copy that is. */
  static INDArray of(INDArray array) {
    return array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
  }
}
