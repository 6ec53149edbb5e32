package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Rows times a weight matrix. What is added to the product, such as a bias, is written to the
 * result first and the product added to it: BLAS would fill the result with zeros otherwise.
 */
public final class LinearMap {
  private final int in;
  private final int out;
  private final int stride;
  private final long weight;

  /**
   * @param layout where the parameters are
   * @param name the weight, of shape {@code [in, out]}
   */
  public LinearMap(ParameterLayout layout, String name) {
    this(layout, name, 0, Math.toIntExact(layout.shape(name)[1]));
  }

  /**
   * The outputs {@code from} to {@code from + out} of a weight alone.
   *
   * @param layout where the parameters are
   * @param name the weight
   */
  public LinearMap(ParameterLayout layout, String name, int from, int out) {
    long[] shape = layout.shape(name);
    in = Math.toIntExact(shape[0]);
    stride = Math.toIntExact(shape[1]);
    this.out = out;
    weight = layout.offset(name) + from;
  }

  public int in() {
    return in;
  }

  public int out() {
    return out;
  }

  /** {@code y = x W + b}. */
  public void forward(Worker worker, FloatMemory weights, Bias bias, Rows x, Rows y) {
    bias.fill(worker, weights, y);
    forward(worker, weights, x, y, 1f);
  }

  private void requireColumns(Rows rows, int from) {
    if (from + out > rows.width()) {
      throw new IllegalArgumentException(
          out + " floats from column " + from + " of rows of " + rows.width());
    }
  }

  /** {@code y = x W + keep y}, where {@code keep} is 0 or 1. */
  public void forward(Worker worker, FloatMemory weights, Rows x, Rows y, float keep) {
    worker.gemm().a(x, in).b(weights, weight, stride).c(y, out);
    worker.gemm().multiply(x.count(), out, in, 1f, keep);
  }

  /** {@code y = x W + keep y} for the part of {@code y} that starts at a column. */
  public void forward(Worker worker, FloatMemory weights, Rows x, Rows y, int column, float keep) {
    requireColumns(y, column);
    worker.gemm().a(x, in).b(weights, weight, stride).c(y, 0, column);
    worker.gemm().multiply(x.count(), out, in, 1f, keep);
  }

  /** {@code y = x W}, where the rows of {@code x} become columns of {@code y}. */
  public void forward(Worker worker, FloatMemory weights, Rows x, Columns y) {
    worker.gemm().a(weights, weight, stride).b(x, in).c(y);
    worker.gemm().multiplyTransposedBoth(out, x.count(), in, 1f, 0f);
  }

  /** {@code dx = dy Wᵀ + keep dx}, where {@code keep} is 0 or 1. */
  public void backwardInput(Worker worker, FloatMemory weights, Rows dy, Rows dx, float keep) {
    worker.gemm().a(dy, out).b(weights, weight, stride).c(dx, in);
    worker.gemm().multiplyTransposedB(dy.count(), in, out, 1f, keep);
  }

  /** {@code dx = dy Wᵀ + keep dx} for the part of {@code dy} that starts at a column. */
  public void backwardInput(
      Worker worker, FloatMemory weights, Rows dy, int column, Rows dx, float keep) {
    requireColumns(dy, column);
    worker.gemm().a(dy, 0, column).b(weights, weight, stride).c(dx, in);
    worker.gemm().multiplyTransposedB(dy.count(), in, out, 1f, keep);
  }

  /** {@code dx = dy Wᵀ + keep dx} for columns {@code dy}. */
  public void backwardInput(Worker worker, FloatMemory weights, Columns dy, Rows dx, float keep) {
    worker.gemm().a(dy).b(weights, weight, stride).c(dx, in);
    worker.gemm().multiplyTransposedBoth(dy.count(), in, out, 1f, keep);
  }

  /** {@code dW += xᵀ dy}. */
  public void backwardWeight(Worker worker, FloatMemory gradients, Rows x, Rows dy) {
    worker.gemm().a(x, in).b(dy, out).c(gradients, weight, stride);
    worker.gemm().multiplyTransposedA(in, out, x.count(), 1f, 1f);
  }

  /** {@code dW += xᵀ dy} for the part of {@code dy} that starts at a column. */
  public void backwardWeight(Worker worker, FloatMemory gradients, Rows x, Rows dy, int column) {
    requireColumns(dy, column);
    worker.gemm().a(x, in).b(dy, 0, column).c(gradients, weight, stride);
    worker.gemm().multiplyTransposedA(in, out, x.count(), 1f, 1f);
  }

  /** {@code dW += xᵀ dy} for columns {@code dy}. */
  public void backwardWeight(Worker worker, FloatMemory gradients, Rows x, Columns dy) {
    worker.gemm().a(x, in).b(dy).c(gradients, weight, stride);
    worker.gemm().multiplyTransposedBoth(in, out, x.count(), 1f, 1f);
  }
}
