package org.tim4j.layers.kernel.memory;

/**
 * A matrix in off-heap memory whose columns are tokens: value {@code d} of token {@code j} lies at
 * {@code offset + d · stride + j}. What is done to each value of many tokens is one long loop here,
 * where {@link Rows} would give many short ones.
 *
 * @param height values of a token
 * @param count number of tokens
 */
public record Columns(FloatMemory memory, long offset, int height, int count, int stride) {
  /** The memory of rows, taken as as many columns. */
  public static Columns of(Rows rows) {
    return new Columns(rows.memory(), rows.offset(), rows.width(), rows.count(), rows.count());
  }

  /**
   * Columns in memory taken from an arena, spread: a product that goes down the values of a token
   * takes half as long again where they lie a power of two apart.
   */
  public static Columns take(Arena arena, int height, int count) {
    int stride = Padding.spread(count);
    return new Columns(arena.take((long) height * stride), 0, height, count, stride);
  }

  /** Tokens {@code from} to {@code from + tokens}. */
  public Columns part(int from, int tokens) {
    return new Columns(memory, offset + from, height, tokens, stride);
  }

  /** Values {@code from} to {@code from + values} of every token. */
  public Columns values(int from, int values) {
    return new Columns(memory, at(from, 0), values, count, stride);
  }

  /** Place of value {@code d} of token {@code j}. */
  public long at(int d, int j) {
    return offset + (long) d * stride + j;
  }

  /** Place of value {@code d} of token {@code j} among the bytes of the memory. */
  public int byteAt(int d, int j) {
    return Math.toIntExact(at(d, j) * Float.BYTES);
  }

  /**
   * Copies value {@code d} of tokens {@code from} to {@code from + n} to the start of the array.
   */
  public void read(int d, int from, float[] row, int n) {
    memory.read(at(d, from), row, n);
  }

  /** Overwrites value {@code d} of tokens {@code from} to {@code from + n}. */
  public void write(int d, int from, float[] row, int n) {
    memory.write(at(d, from), row, n);
  }
}
