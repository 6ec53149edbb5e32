package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.kernel.memory.Matrix;

/** The same head of a run of tokens, one array for each of its values. */
final class HeadStrip {
  /** Floats of a strip: so many that it stays in the first cache. */
  private static final int FLOATS = 8192;

  private static final int SHORTEST = 64;

  private final float[][] values;
  private int count;

  /**
   * @param headDim values of a head
   */
  HeadStrip(Scratch.Scope scope, int headDim) {
    values = new float[headDim][];
    for (int d = 0; d < headDim; d++) {
      values[d] = scope.row(length(headDim));
    }
  }

  /** Most tokens of a strip. */
  static int length(int headDim) {
    return Math.max(SHORTEST, FLOATS / headDim);
  }

  /** Number of tokens. */
  int count() {
    return count;
  }

  /** Number of values of a head. */
  int size() {
    return values.length;
  }

  /** Value {@code d} of the tokens. */
  float[] value(int d) {
    return values[d];
  }

  /** Takes the heads that start at value {@code at} of tokens {@code from} to {@code from + n}. */
  void read(Matrix columns, int at, int from, int n) {
    count = n;
    for (int d = 0; d < values.length; d++) {
      columns.read(at + d, from, values[d], n);
    }
  }

  /** Stores the heads in place of those that start at value {@code at} of tokens from on. */
  void write(Matrix columns, int at, int from) {
    for (int d = 0; d < values.length; d++) {
      columns.write(at + d, from, values[d], count);
    }
  }
}
