package org.tim4j.layers.kernel.gemm;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * Matrix product {@code C = alpha op(A) op(B) + beta C} of matrices in off-heap memory.
 *
 * <p>One instance belongs to one thread. A matrix lies in its memory, so that a product whose sizes
 * agree stays there, too.
 */
public final class Gemm {
  private final FloatMemory.Address a = new FloatMemory.Address();
  private final FloatMemory.Address b = new FloatMemory.Address();
  private final FloatMemory.Address c = new FloatMemory.Address();

  /** {@code C = alpha A B + beta C}. */
  public void multiply(Matrix left, Matrix right, Matrix result, float alpha, float beta) {
    require(left.columns() == right.rows(), left, right, result);
    require(left.rows() == result.rows(), left, right, result);
    require(right.columns() == result.columns(), left, right, result);
    product(CblasNoTrans, CblasNoTrans, left, right, result, alpha, beta);
  }

  /** {@code C = alpha Aᵀ B + beta C}. */
  public void multiplyTransposedA(
      Matrix left, Matrix right, Matrix result, float alpha, float beta) {
    require(left.rows() == right.rows(), left, right, result);
    require(left.columns() == result.rows(), left, right, result);
    require(right.columns() == result.columns(), left, right, result);
    product(CblasTrans, CblasNoTrans, left, right, result, alpha, beta);
  }

  /** {@code C = alpha A Bᵀ + beta C}. */
  public void multiplyTransposedB(
      Matrix left, Matrix right, Matrix result, float alpha, float beta) {
    require(left.columns() == right.columns(), left, right, result);
    require(left.rows() == result.rows(), left, right, result);
    require(right.rows() == result.columns(), left, right, result);
    product(CblasNoTrans, CblasTrans, left, right, result, alpha, beta);
  }

  /** {@code C = alpha Aᵀ Bᵀ + beta C}. */
  public void multiplyTransposedBoth(
      Matrix left, Matrix right, Matrix result, float alpha, float beta) {
    require(left.rows() == right.columns(), left, right, result);
    require(left.columns() == result.rows(), left, right, result);
    require(right.rows() == result.columns(), left, right, result);
    product(CblasTrans, CblasTrans, left, right, result, alpha, beta);
  }

  private static void require(boolean agree, Matrix left, Matrix right, Matrix result) {
    if (!agree) {
      throw new IllegalArgumentException(
          "sizes do not agree in a product: " + left + ", " + right + ", " + result);
    }
  }

  private void product(
      int ta, int tb, Matrix left, Matrix right, Matrix result, float alpha, float beta) {
    a.set(left.memory(), left.offset());
    b.set(right.memory(), right.offset());
    c.set(result.memory(), result.offset());
    int rows = result.rows();
    int columns = result.columns();
    int inner = ta == CblasTrans ? left.rows() : left.columns();
    int lda = left.stride();
    int ldb = right.stride();
    int ldc = result.stride();
    if (OneDnn.suits(rows, columns, inner)) {
      byte opA = letter(ta);
      byte opB = letter(tb);
      int status = dnnl_sgemm(opA, opB, rows, columns, inner, alpha, a, lda, b, ldb, beta, c, ldc);
      if (status != dnnl_success) {
        throw new IllegalStateException("oneDNN refused a product: status " + status + ".");
      }
    } else {
      cblas_sgemm(CblasRowMajor, ta, tb, rows, columns, inner, alpha, a, lda, b, ldb, beta, c, ldc);
    }
  }

  private static byte letter(int transposition) {
    return (byte) (transposition == CblasTrans ? 'T' : 'N');
  }
}
