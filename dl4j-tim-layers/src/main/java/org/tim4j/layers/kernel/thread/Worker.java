package org.tim4j.layers.kernel.thread;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.Loops;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.FloatMemory;

/** What one thread of a {@link Parallelism} owns: its loops, its matrix product, its memory. */
public final class Worker {
  private final int index;
  private final Loops loops;
  private final Gemm gemm = new Gemm();
  private final Scratch scratch = new Scratch();
  private final Arena gradients = new Arena();

  Worker(int index, Loops loops) {
    this.index = index;
    this.loops = loops;
  }

  /** Position among the workers, from 0. */
  int index() {
    return index;
  }

  /** The loops that all workers of a budget use. */
  public Loops loops() {
    return loops;
  }

  /** The product of this thread. */
  public Gemm gemm() {
    return gemm;
  }

  /** What this thread works in. */
  public Scratch scratch() {
    return scratch;
  }

  /** This worker's own sum of weight gradients. */
  FloatMemory gradients(long length) {
    gradients.release(0);
    return gradients.take(length);
  }

  void close() {
    scratch.close();
    gradients.close();
  }
}
