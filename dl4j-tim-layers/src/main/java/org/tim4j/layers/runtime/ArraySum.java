package org.tim4j.layers.runtime;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.backend.FusedSupport;
import org.tim4j.layers.kernel.flat.Sum;
import org.tim4j.layers.kernel.thread.Parallelism;

/**
 * Sums of arrays in a training step. An ND4J operation on some thousand numbers takes several times
 * as long to begin as it computes, on one thread; where the fused kernels run, theirs is used.
 */
public final class ArraySum {
  private ArraySum() {}

  /**
   * Sets {@code sum = sum + part}.
   *
   * @param sum {@code [batch, …]}
   * @param part the same shape and data type, not changed
   */
  public static void add(INDArray sum, INDArray part) {
    if (FusedSupport.ofProcess() && isPlain(sum) && isPlain(part)) {
      Sum.add(Parallelism.ofProcess(), ArrayMemory.tensor(sum), ArrayMemory.tensor(part));
      Reference.reachabilityFence(sum);
      Reference.reachabilityFence(part);
    } else {
      sum.addi(part);
    }
  }

  private static boolean isPlain(INDArray array) {
    return array.dataType() == DataType.FLOAT && array.rank() > 0 && ArrayMemory.isRowMajor(array);
  }
}
