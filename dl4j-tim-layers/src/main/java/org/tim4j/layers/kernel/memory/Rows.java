package org.tim4j.layers.kernel.memory;

/**
 * A row-major matrix in off-heap memory: {@code count} rows of {@code width} floats, one behind the
 * other from {@code offset}.
 */
public record Rows(FloatMemory memory, long offset, int count, int width) {
  /** Rows in memory taken from an arena. */
  public static Rows take(Arena arena, int count, int width) {
    return new Rows(arena.take((long) count * width), 0, count, width);
  }

  /** Rows {@code from} to {@code from + rows}. */
  public Rows part(int from, int rows) {
    return new Rows(memory, offset + (long) from * width, rows, width);
  }

  /** Place of column {@code column} of row {@code i}. */
  public long at(int i, int column) {
    return offset + (long) i * width + column;
  }

  /** Place of row {@code i} among the bytes of the memory. */
  public int byteAt(int i) {
    return Math.toIntExact(at(i, 0) * Float.BYTES);
  }

  /** Copies row {@code i} to the start of the array. */
  public void read(int i, float[] row) {
    memory.read(offset + (long) i * width, row, width);
  }

  /** Copies {@code columns} floats of row {@code i}, from column {@code from}. */
  public void read(int i, int from, float[] row, int columns) {
    memory.read(offset + (long) i * width + from, row, columns);
  }

  /** Overwrites row {@code i}. */
  public void write(int i, float[] row) {
    memory.write(offset + (long) i * width, row, width);
  }

  /** Overwrites {@code columns} floats of row {@code i}, from column {@code from}. */
  public void write(int i, int from, float[] row, int columns) {
    memory.write(offset + (long) i * width + from, row, columns);
  }

  /** Overwrites rows {@code from} to {@code from + rows} by the same values. */
  public void fill(int from, int rows, float[] row) {
    for (int i = from; i < from + rows; i++) {
      write(i, row);
    }
  }

  /** Overwrites all rows by those of another matrix of the same size; does nothing for itself. */
  public void copyFrom(Rows source) {
    boolean same = source.memory.address() == memory.address() && source.offset == offset;
    if (!same) {
      memory.copyFrom(source.memory, source.offset, offset, count * width);
    }
  }

  /** Sets every row to zero. */
  public void zero() {
    memory.zero(offset, (long) count * width);
  }
}
