package org.tim4j.layers.kernel.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.MatrixSource;
import org.tim4j.layers.kernel.memory.Padding;

/**
 * What one thread works in: rows, matrices and an exponential. Rows and matrices are taken from a
 * {@link Scope}, the end of which gives them back, and come again from the next one.
 */
public final class Scratch implements AutoCloseable {
  private final Exponential exponential = new Exponential();
  private final Arena matrices = new Arena();
  private final List<float[]> rows = new ArrayList<>();
  private final List<Scope> scopes = new ArrayList<>();
  private int rowsTaken;
  private int open;

  /** The exponential of this thread. */
  public Exponential exponential() {
    return exponential;
  }

  /** Begins a scope within those that are open. */
  public Scope open() {
    if (open == scopes.size()) {
      scopes.add(new Scope(open));
    }
    Scope scope = scopes.get(open++);
    scope.begin();
    return scope;
  }

  private float[] nextRow(int length) {
    if (rowsTaken == rows.size()) {
      rows.add(new float[Padding.padded(length)]);
    } else if (rows.get(rowsTaken).length < Padding.padded(length)) {
      rows.set(rowsTaken, new float[Padding.padded(length)]);
    }
    return rows.get(rowsTaken++);
  }

  /** Frees the memory of matrices. */
  @Override
  public void close() {
    matrices.close();
  }

  /** Rows and matrices with unspecified contents, to be had while no other scope is open in it. */
  public final class Scope implements MatrixSource, AutoCloseable {
    private final int depth;
    private int firstRow;
    private int firstMatrix;

    private Scope(int depth) {
      this.depth = depth;
    }

    private void begin() {
      firstRow = rowsTaken;
      firstMatrix = matrices.mark();
    }

    private void requireInnermost() {
      if (open != depth + 1) {
        throw new IllegalStateException(
            "Scope " + depth + " was asked for memory while " + open + " scopes were open.");
      }
    }

    /** A row of at least {@code length} floats, padded. */
    public float[] row(int length) {
      requireInnermost();
      return nextRow(length);
    }

    /** Like {@link #row}, with the first {@code length} floats zero. */
    public float[] zeroRow(int length) {
      float[] row = row(length);
      Arrays.fill(row, 0, length, 0f);
      return row;
    }

    @Override
    public Matrix matrix(int rows, int columns) {
      requireInnermost();
      return matrices.matrix(rows, columns);
    }

    @Override
    public Matrix spread(int rows, int columns) {
      requireInnermost();
      return matrices.spread(rows, columns);
    }

    /** Off-heap memory. */
    public FloatMemory floats(long length) {
      requireInnermost();
      return matrices.take(length);
    }

    /** Gives everything back, and what scopes in it have not given back. */
    @Override
    public void close() {
      matrices.release(firstMatrix);
      rowsTaken = firstRow;
      open = depth;
    }
  }
}
