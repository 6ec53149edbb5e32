package org.tim4j.layers.kernel.memory;

import java.util.Locale;

/**
 * A row-major matrix in off-heap memory: the number in row {@code i} and column {@code j} lies at
 * {@code offset + i · stride + j}.
 *
 * <p>Most matrices have a token in each row. Some have a token in each column: what is done to each
 * value of many tokens is one long loop there, where rows would give many short ones.
 */
public record Matrix(FloatMemory memory, long offset, int rows, int columns, int stride) {
  /**
   * @throws IndexOutOfBoundsException if the matrix does not lie in the memory: native code that is
   *     given it checks nothing
   */
  public Matrix {
    long end = offset + (rows - 1L) * stride + columns;
    if (rows < 1 || columns < 1 || columns > stride || offset < 0 || end > memory.length()) {
      throw new IndexOutOfBoundsException(outside(memory, offset, rows, columns, stride));
    }
  }

  private static String outside(
      FloatMemory memory, long offset, int rows, int columns, int stride) {
    return String.format(
        Locale.ROOT,
        "a matrix of %d × %d, stride %d, at %d of %d floats",
        rows,
        columns,
        stride,
        offset,
        memory.length());
  }

  /** The matrix that begins with the memory, its rows one behind the other. */
  public static Matrix of(FloatMemory memory, int rows, int columns) {
    return new Matrix(memory, 0, rows, columns, columns);
  }

  /** Rows {@code from} to {@code from + count}. */
  public Matrix rows(int from, int count) {
    return new Matrix(memory, at(from, 0), count, columns, stride);
  }

  /** Columns {@code from} to {@code from + count}. */
  public Matrix columns(int from, int count) {
    return new Matrix(memory, offset + from, rows, count, stride);
  }

  /**
   * The part of {@code count} rows from {@code row} on and {@code width} columns from {@code
   * column} on.
   */
  public Matrix part(int row, int column, int count, int width) {
    return new Matrix(memory, at(row, column), count, width, stride);
  }

  /**
   * The same numbers as a matrix of another shape.
   *
   * @throws IndexOutOfBoundsException if they do not lie one behind the other or are not as many
   */
  public Matrix reshaped(int newRows, int newColumns) {
    if (stride != columns || (long) newRows * newColumns != (long) rows * columns) {
      throw new IndexOutOfBoundsException(
          this + " cannot become " + newRows + " × " + newColumns + " where it lies");
    }
    return new Matrix(memory, offset, newRows, newColumns, newColumns);
  }

  /** Place of a number in the memory. */
  public long at(int row, int column) {
    return offset + (long) row * stride + column;
  }

  /** Place of a number among the bytes of the memory. */
  public int byteAt(int row, int column) {
    return Math.toIntExact(at(row, column) * Float.BYTES);
  }

  /** Copies a row to the start of the array. */
  public void read(int row, float[] target) {
    memory.read(at(row, 0), target, columns);
  }

  /** Copies {@code count} numbers of a row, from column {@code from}, to the start of the array. */
  public void read(int row, int from, float[] target, int count) {
    memory.read(at(row, from), target, count);
  }

  /** Overwrites a row. */
  public void write(int row, float[] source) {
    memory.write(at(row, 0), source, columns);
  }

  /** Overwrites {@code count} numbers of a row, from column {@code from}. */
  public void write(int row, int from, float[] source, int count) {
    memory.write(at(row, from), source, count);
  }

  /** Overwrites all rows by the same numbers. */
  public void fill(float[] row) {
    for (int i = 0; i < rows; i++) {
      write(i, row);
    }
  }

  /** Overwrites all rows by those of another matrix of the same size; does nothing for itself. */
  public void copyFrom(Matrix source) {
    if (source.memory.address() == memory.address() && source.offset == offset) {
      return;
    }
    if (stride == columns && source.stride == columns) {
      memory.copyFrom(source.memory, source.offset, offset, rows * columns);
      return;
    }
    for (int i = 0; i < rows; i++) {
      memory.copyFrom(source.memory, source.at(i, 0), at(i, 0), columns);
    }
  }

  /** Sets every number to zero. */
  public void zero() {
    if (stride == columns) {
      memory.zero(offset, (long) rows * columns);
      return;
    }
    for (int i = 0; i < rows; i++) {
      memory.zero(at(i, 0), columns);
    }
  }
}
