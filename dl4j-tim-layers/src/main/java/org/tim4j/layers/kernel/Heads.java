package org.tim4j.layers.kernel;

/**
 * The heads that lie side by side in the rows of one sample: head {@code h} is the matrix {@code
 * [tokens, headDim]} that starts at column {@code column + h · headDim}.
 */
record Heads(Rows rows, int column) {
  int tokens() {
    return rows.count();
  }

  int stride() {
    return rows.width();
  }

  FloatMemory memory() {
    return rows.memory();
  }

  /** Place of token {@code token} of a head whose columns start {@code headColumn} further on. */
  long at(int token, int headColumn) {
    return rows.offset() + (long) token * rows.width() + column + headColumn;
  }
}
