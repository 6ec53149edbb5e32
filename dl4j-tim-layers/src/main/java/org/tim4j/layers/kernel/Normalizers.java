package org.tim4j.layers.kernel;

/**
 * What makes a score s of every sample, head and query, in this order, a probability: {@code p =
 * exp(s − largest) · inverse}, where {@code largest} is the largest score of the query and {@code
 * inverse} is 1 / Σ exp(s − largest). All largest scores lie before all inverses.
 *
 * @param count number of samples, heads and queries, multiplied
 */
record Normalizers(FloatMemory memory, long offset, int count) {
  /** Numbers for each of them. */
  static final int WIDTH = 2;

  /** In the memory of rows, {@link #WIDTH} floats wide for each head. */
  static Normalizers of(Rows rows) {
    return new Normalizers(rows.memory(), rows.offset(), rows.count() * rows.width() / WIDTH);
  }

  /** Copies {@code n} of them from {@code at} on to the starts of the arrays. */
  void read(long at, float[] largest, float[] inverse, int n) {
    memory.read(offset + at, largest, n);
    memory.read(offset + count + at, inverse, n);
  }

  /** Overwrites {@code n} of them from {@code at} on. */
  void write(long at, float[] largest, float[] inverse, int n) {
    memory.write(offset + at, largest, n);
    memory.write(offset + count + at, inverse, n);
  }
}
