package org.tim4j.layers.kernel.thread;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;

/**
 * Sums of weight gradients, one a worker, that are added up in the order of the workers.
 *
 * <p>The first worker sums in the target itself.
 */
public final class WeightGradients {
  private final FloatMemory target;
  private final FloatMemory[] sums;

  public WeightGradients(Parallelism parallelism, FloatMemory target) {
    this.target = target;
    sums = new FloatMemory[parallelism.threads()];
  }

  /** Zeroed memory for the worker's sum; to be asked for once in a pass. */
  public FloatMemory of(Worker worker) {
    int length = target.length();
    FloatMemory sum = worker.index() == 0 ? target : worker.gradients(length);
    sum.zero(0, length);
    sums[worker.index()] = sum;
    return sum;
  }

  /** Adds the sums of all other workers to the target. */
  public void reduce(Parallelism parallelism) {
    if (parallelism.threads() == 1) {
      return;
    }
    int strip = 4096;
    int strips = (target.length() + strip - 1) / strip;
    parallelism.run(
        strips,
        (worker, from, to) -> {
          try (Scratch.Scope scope = worker.scratch().open()) {
            float[] total = scope.row(strip);
            float[] row = scope.row(strip);
            for (int i = from; i < to; i++) {
              long at = (long) i * strip;
              int count = Math.min(strip, target.length() - i * strip);
              target.read(at, total, count);
              for (int k = 1; k < sums.length; k++) {
                if (sums[k] != null) {
                  sums[k].read(at, row, count);
                  VectorMath.add(total, row, count);
                }
              }
              target.write(at, total, count);
            }
          }
        });
  }
}
