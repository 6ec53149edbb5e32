package org.tim4j.layers.kernel.thread;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.Loops;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatMemory;

/**
 * What every piece of a layer works with on one thread.
 *
 * @param worker what the thread owns
 * @param weights the layer's parameters
 * @param gradients the thread's sum of the gradients at them, to add to; null in a forward
 */
public record Lane(Worker worker, FloatMemory weights, FloatMemory gradients) {
  /** Memory for the work at hand. */
  public Scratch.Scope open() {
    return worker.scratch().open();
  }

  /** What loops work in. */
  public Scratch scratch() {
    return worker.scratch();
  }

  /** The thread's loops. */
  public Loops loops() {
    return worker.loops();
  }

  /** The thread's matrix product. */
  public Gemm gemm() {
    return worker.gemm();
  }
}
