package org.tim4j.layers.kernel.thread;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.Exponential;
import org.tim4j.layers.kernel.loops.Loops;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Rows;

/**
 * What one thread of a {@link Parallelism} owns: its loops, its matrix product, its exponential and
 * its scratch memory.
 */
public final class Worker {
  private final int index;
  private final Loops loops;
  private final Gemm gemm = new Gemm();
  private final Scratch rows = new Scratch();
  private final Arena scratch = new Arena();
  private final Arena gradients = new Arena();

  public Worker(int index, Loops loops) {
    this.index = index;
    this.loops = loops;
  }

  /** Position among the workers, from 0. */
  public int index() {
    return index;
  }

  public Loops loops() {
    return loops;
  }

  public Gemm gemm() {
    return gemm;
  }

  public Exponential exponential() {
    return rows.exponential();
  }

  /** Off-heap scratch of this thread. */
  public Arena scratch() {
    return scratch;
  }

  /** Scratch rows with unspecified contents, valid until the scratch is released. */
  public Rows scratchRows(int count, int width) {
    return Rows.take(scratch, count, width);
  }

  /** This worker's own sum of weight gradients. */
  public FloatMemory gradients(long length) {
    gradients.release(0);
    return gradients.take(length);
  }

  /** Rows and exponential for loops. */
  public Scratch rows() {
    return rows;
  }

  /** See {@link Scratch#row}. */
  public float[] row(int length) {
    return rows.row(length);
  }

  /** See {@link Scratch#zeroRow}. */
  public float[] zeroRow(int length) {
    return rows.zeroRow(length);
  }

  /** See {@link Scratch#markRows}. */
  public int markRows() {
    return rows.markRows();
  }

  /** See {@link Scratch#releaseRows}. */
  public void releaseRows(int mark) {
    rows.releaseRows(mark);
  }

  void releaseAll() {
    scratch.release(0);
    rows.releaseRows(0);
  }

  public void close() {
    scratch.close();
    gradients.close();
  }
}
