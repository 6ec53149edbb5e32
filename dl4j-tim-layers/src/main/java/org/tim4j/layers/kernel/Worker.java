package org.tim4j.layers.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one thread of a {@link Parallelism} owns: its loops, its matrix product, its exponential and
 * its scratch memory.
 */
final class Worker {
  private final int index;
  private final Loops loops;
  private final Gemm gemm = new Gemm();
  private final Exponential exponential = new Exponential();
  private final Arena scratch = new Arena();
  private final Arena gradients = new Arena();
  private final List<float[]> rows = new ArrayList<>();
  private int rowsTaken;

  Worker(int index, Loops loops) {
    this.index = index;
    this.loops = loops;
  }

  /** Position among the workers, from 0. */
  int index() {
    return index;
  }

  Loops loops() {
    return loops;
  }

  Gemm gemm() {
    return gemm;
  }

  Exponential exponential() {
    return exponential;
  }

  /** Off-heap scratch of this thread. */
  Arena scratch() {
    return scratch;
  }

  /** Scratch rows with unspecified contents, valid until the scratch is released. */
  Rows scratchRows(int count, int width) {
    return Rows.take(scratch, count, width);
  }

  /** This worker's own sum of weight gradients. */
  FloatMemory gradients(long length) {
    gradients.release(0);
    return gradients.take(length);
  }

  /** A row of at least {@code length} floats, padded, with unspecified contents. */
  float[] row(int length) {
    if (rowsTaken == rows.size()) {
      rows.add(new float[Loops.padded(length)]);
    } else if (rows.get(rowsTaken).length < Loops.padded(length)) {
      rows.set(rowsTaken, new float[Loops.padded(length)]);
    }
    return rows.get(rowsTaken++);
  }

  /** Like {@link #row}, with the first {@code length} floats zero. */
  float[] zeroRow(int length) {
    float[] row = row(length);
    Arrays.fill(row, 0, length, 0f);
    return row;
  }

  /** Number of rows taken so far, to be given to {@link #releaseRows} later. */
  int markRows() {
    return rowsTaken;
  }

  /** Gives back the rows taken since the mark. */
  void releaseRows(int mark) {
    rowsTaken = mark;
  }

  void releaseAll() {
    scratch.release(0);
    rowsTaken = 0;
  }

  void close() {
    scratch.close();
    gradients.close();
    rows.clear();
  }
}
