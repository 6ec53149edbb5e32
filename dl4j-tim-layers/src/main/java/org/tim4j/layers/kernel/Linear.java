package org.tim4j.layers.kernel;

/**
 * Rows times a weight matrix. What is added to the product, such as a bias, is written to the
 * result first and the product added to it: BLAS would fill the result with zeros otherwise.
 */
final class Linear {
  private final int in;
  private final int out;
  private final long weight;

  /**
   * @param layout where the parameters are
   * @param name the weight, of shape {@code [in, out]}
   */
  Linear(ParameterLayout layout, String name) {
    long[] shape = layout.shape(name);
    in = Math.toIntExact(shape[0]);
    out = Math.toIntExact(shape[1]);
    weight = layout.offset(name);
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /** {@code y = x W}. */
  void forward(Worker worker, FloatMemory weights, Rows x, Rows y) {
    worker.gemm().a(x, in).b(weights, weight, out).c(y, out);
    worker.gemm().multiply(x.count(), out, in, 1f, 0f);
  }

  /** {@code y = x W + b}. */
  void forward(Worker worker, FloatMemory weights, Bias bias, Rows x, Rows y) {
    bias.fill(worker, weights, y);
    addForward(worker, weights, x, y);
  }

  /** {@code y += x W}. */
  void addForward(Worker worker, FloatMemory weights, Rows x, Rows y) {
    worker.gemm().a(x, in).b(weights, weight, out).c(y, out);
    worker.gemm().multiply(x.count(), out, in, 1f, 1f);
  }

  /** {@code dx = dy Wᵀ + keep dx}, where {@code keep} is 0 or 1. */
  void backwardInput(Worker worker, FloatMemory weights, Rows dy, Rows dx, float keep) {
    worker.gemm().a(dy, out).b(weights, weight, out).c(dx, in);
    worker.gemm().multiplyTransposedB(dy.count(), in, out, 1f, keep);
  }

  /** {@code dW += xᵀ dy}. */
  void backwardWeight(Worker worker, FloatMemory gradients, Rows x, Rows dy) {
    worker.gemm().a(x, in).b(dy, out).c(gradients, weight, out);
    worker.gemm().multiplyTransposedA(in, out, x.count(), 1f, 1f);
  }
}
