package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Lane;

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

  /** Numbers in a row of the input. */
  public int in() {
    return in;
  }

  /** Numbers in a row of the output. */
  public int out() {
    return out;
  }

  private Matrix weight(FloatMemory parameters) {
    return new Matrix(parameters, weight, in, out, stride);
  }

  /** {@code y = x W + b}. */
  public void forward(Lane lane, Bias bias, Matrix x, Matrix y) {
    bias.fill(lane, y);
    forward(lane, x, y, 1f);
  }

  /** {@code y = x W + keep y}, where {@code keep} is 0 or 1. */
  public void forward(Lane lane, Matrix x, Matrix y, float keep) {
    lane.gemm().multiply(x, weight(lane.weights()), y, 1f, keep);
  }

  /** {@code y = (x W)ᵀ}: rows become columns. */
  public void forwardToColumns(Lane lane, Matrix x, Matrix y) {
    lane.gemm().multiplyTransposedBoth(weight(lane.weights()), x, y, 1f, 0f);
  }

  /** {@code dx = dy Wᵀ + keep dx}, where {@code keep} is 0 or 1. */
  public void backwardInput(Lane lane, Matrix dy, Matrix dx, float keep) {
    lane.gemm().multiplyTransposedB(dy, weight(lane.weights()), dx, 1f, keep);
  }

  /** Like {@link #backwardInput}, for {@code dy} with a token in each column. */
  public void backwardInputOfColumns(Lane lane, Matrix dy, Matrix dx, float keep) {
    lane.gemm().multiplyTransposedBoth(dy, weight(lane.weights()), dx, 1f, keep);
  }

  /** {@code dW += xᵀ dy}. */
  public void backwardWeight(Lane lane, Matrix x, Matrix dy) {
    lane.gemm().multiplyTransposedA(x, dy, weight(lane.gradients()), 1f, 1f);
  }

  /** Like {@link #backwardWeight}, for {@code dy} with a token in each column. */
  public void backwardWeightOfColumns(Lane lane, Matrix x, Matrix dy) {
    lane.gemm().multiplyTransposedBoth(x, dy, weight(lane.gradients()), 1f, 1f);
  }
}
