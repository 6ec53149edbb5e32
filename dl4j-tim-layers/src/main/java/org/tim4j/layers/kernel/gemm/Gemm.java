package org.tim4j.layers.kernel.gemm;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Padding;
import org.tim4j.layers.kernel.memory.Rows;

/**
 * Matrix product {@code C = alpha op(A) op(B) + beta C} of row-major matrices in off-heap memory.
 *
 * <p>Operands are named first and stay set: {@code gemm.a(x, 0, k).b(w, 0, n).c(y, 0, n)}, then a
 * product of given size is made. One instance belongs to one thread; a call allocates nothing.
 */
public final class Gemm {
  private final Operand a = new Operand();
  private final Operand b = new Operand();
  private final Operand c = new Operand();

  /** Left operand, starting at {@code offset}, its rows {@code stride} floats apart. */
  public Gemm a(FloatMemory memory, long offset, int stride) {
    a.set(memory, offset, stride);
    return this;
  }

  /** Left operand: rows of {@code width} floats, or such rows {@link Padding#spread} in memory. */
  public Gemm a(Rows rows, int width) {
    return a(rows.memory(), rows.offset(), requireWidth(rows, width));
  }

  /** Left operand: the part of rows that starts at a row and a column. */
  public Gemm a(Rows rows, int row, int column) {
    return a(rows.memory(), rows.at(row, column), rows.width());
  }

  /** Left operand: columns, as they lie. */
  public Gemm a(Columns columns) {
    return a(columns.memory(), columns.offset(), columns.stride());
  }

  /** Right operand. */
  public Gemm b(FloatMemory memory, long offset, int stride) {
    b.set(memory, offset, stride);
    return this;
  }

  /** Right operand: rows of {@code width} floats, or such rows {@link Padding#spread} in memory. */
  public Gemm b(Rows rows, int width) {
    return b(rows.memory(), rows.offset(), requireWidth(rows, width));
  }

  /** Right operand: the part of rows that starts at a row and a column. */
  public Gemm b(Rows rows, int row, int column) {
    return b(rows.memory(), rows.at(row, column), rows.width());
  }

  /** Right operand: columns, as they lie. */
  public Gemm b(Columns columns) {
    return b(columns.memory(), columns.offset(), columns.stride());
  }

  /** Result. */
  public Gemm c(FloatMemory memory, long offset, int stride) {
    c.set(memory, offset, stride);
    return this;
  }

  /** Result: rows of {@code width} floats, or such rows {@link Padding#spread} in memory. */
  public Gemm c(Rows rows, int width) {
    return c(rows.memory(), rows.offset(), requireWidth(rows, width));
  }

  /** Result: the part of rows that starts at a row and a column. */
  public Gemm c(Rows rows, int row, int column) {
    return c(rows.memory(), rows.at(row, column), rows.width());
  }

  /** Result: columns, as they lie. */
  public Gemm c(Columns columns) {
    return c(columns.memory(), columns.offset(), columns.stride());
  }

  private static int requireWidth(Rows rows, int width) {
    if (rows.width() != width && rows.width() != Padding.spread(width)) {
      throw new IllegalArgumentException("rows of " + rows.width() + " floats, not " + width);
    }
    return rows.width();
  }

  /** {@code C[rows, columns] = alpha A[rows, inner] B[inner, columns] + beta C}. */
  public void multiply(int rows, int columns, int inner, float alpha, float beta) {
    a.require(rows, inner);
    b.require(inner, columns);
    call(CblasNoTrans, CblasNoTrans, rows, columns, inner, alpha, beta);
  }

  /** {@code C[rows, columns] = alpha A[inner, rows]ᵀ B[inner, columns] + beta C}. */
  public void multiplyTransposedA(int rows, int columns, int inner, float alpha, float beta) {
    a.require(inner, rows);
    b.require(inner, columns);
    call(CblasTrans, CblasNoTrans, rows, columns, inner, alpha, beta);
  }

  /** {@code C[rows, columns] = alpha A[rows, inner] B[columns, inner]ᵀ + beta C}. */
  public void multiplyTransposedB(int rows, int columns, int inner, float alpha, float beta) {
    a.require(rows, inner);
    b.require(columns, inner);
    call(CblasNoTrans, CblasTrans, rows, columns, inner, alpha, beta);
  }

  /** {@code C[rows, columns] = alpha A[inner, rows]ᵀ B[columns, inner]ᵀ + beta C}. */
  public void multiplyTransposedBoth(int rows, int columns, int inner, float alpha, float beta) {
    a.require(inner, rows);
    b.require(columns, inner);
    call(CblasTrans, CblasTrans, rows, columns, inner, alpha, beta);
  }

  private void call(int ta, int tb, int rows, int columns, int inner, float alpha, float beta) {
    c.require(rows, columns);
    if (OneDnn.suits(rows, columns, inner)) {
      oneDnn(ta, tb, rows, columns, inner, alpha, beta);
    } else {
      openBlas(ta, tb, rows, columns, inner, alpha, beta);
    }
  }

  private void openBlas(int ta, int tb, int rows, int columns, int inner, float alpha, float beta) {
    cblas_sgemm(
        CblasRowMajor,
        ta,
        tb,
        rows,
        columns,
        inner,
        alpha,
        a.address,
        a.stride,
        b.address,
        b.stride,
        beta,
        c.address,
        c.stride);
  }

  private void oneDnn(int ta, int tb, int rows, int columns, int inner, float alpha, float beta) {
    int status =
        dnnl_sgemm(
            letter(ta),
            letter(tb),
            rows,
            columns,
            inner,
            alpha,
            a.address,
            a.stride,
            b.address,
            b.stride,
            beta,
            c.address,
            c.stride);
    if (status != dnnl_success) {
      throw new IllegalStateException("oneDNN refused a product: status " + status + ".");
    }
  }

  private static byte letter(int transposition) {
    return (byte) (transposition == CblasTrans ? 'T' : 'N');
  }

  /** Native code checks no bounds, so every operand is checked here. */
  private static final class Operand {
    private final FloatMemory.Address address = new FloatMemory.Address();
    private int stride;
    private long available;

    void set(FloatMemory memory, long offset, int stride) {
      address.set(memory, offset);
      this.stride = stride;
      available = offset < 0 ? -1 : memory.length() - offset;
    }

    void require(int rows, int columns) {
      if (columns > stride || (rows - 1L) * stride + columns > available) {
        throw new IndexOutOfBoundsException(
            "a matrix of "
                + rows
                + " × "
                + columns
                + ", stride "
                + stride
                + ", in "
                + available
                + " floats");
      }
    }
  }
}
