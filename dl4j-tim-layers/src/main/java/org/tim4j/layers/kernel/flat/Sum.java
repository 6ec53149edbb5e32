package org.tim4j.layers.kernel.flat;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Parallelism;

/** Adds one array to another; each thread takes the samples that it has in other kernels. */
public final class Sum {
  private Sum() {}

  /**
   * Sets {@code sum = sum + part}.
   *
   * @param sum {@code [batch, …]}
   * @param part the same shape, not changed
   * @throws InvalidInputException if the shapes differ
   */
  public static void add(Parallelism parallelism, FloatTensor sum, FloatTensor part) {
    if (!Arrays.equals(sum.shape(), part.shape())) {
      throw new InvalidInputException(
          "An array of shape "
              + Arrays.toString(part.shape())
              + " was to be added to one of shape "
              + Arrays.toString(sum.shape())
              + "; both must have the same.");
    }
    Matrix to = sum.rows();
    Matrix from = part.rows();
    int each = to.rows() / sum.size(0);
    parallelism.run(
        sum.size(0),
        (worker, first, end) -> {
          try (Scratch.Scope scope = worker.scratch().open()) {
            float[] total = scope.row(to.columns());
            float[] row = scope.row(to.columns());
            for (int i = first * each; i < end * each; i++) {
              to.read(i, total);
              from.read(i, row);
              VectorMath.add(total, row, to.columns());
              to.write(i, total);
            }
          }
        });
    Reference.reachabilityFence(sum);
    Reference.reachabilityFence(part);
  }
}
