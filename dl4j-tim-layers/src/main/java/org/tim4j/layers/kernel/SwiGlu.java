package org.tim4j.layers.kernel;

/**
 * {@code y = (SiLU(x Wg + bg) ⊙ (x Wv + bv)) W2 + b2}: the gated unit of the modulation and of the
 * MLP. The last bias and its gradient are left to whoever goes over {@code y} anyway.
 *
 * <p>{@code W1 [in, 2 hidden]} holds gate and value side by side. Gate and value are made as
 * columns, so that a bias is one number for a loop over all tokens. The forward keeps them, without
 * their biases; the activation is made again in the backward.
 */
final class SwiGlu {
  private final Linear first;
  private final Bias firstBias;
  private final Linear second;
  private final int hidden;

  /**
   * @param prefix what stands before {@code W1}, {@code b1}, {@code W2}, {@code b2} in the
   *     parameter names
   */
  SwiGlu(ParameterLayout layout, String prefix) {
    first = new Linear(layout, prefix + "W1");
    firstBias = new Bias(layout, prefix + "b1");
    second = new Linear(layout, prefix + "W2");
    hidden = second.in();
  }

  int in() {
    return first.in();
  }

  int out() {
    return second.out();
  }

  /** Floats that the forward keeps for each row. */
  int keptWidth() {
    return 2 * hidden;
  }

  /**
   * Fills {@code kept} and sets {@code y = (SiLU(x Wg + bg) ⊙ (x Wv + bv)) W2 + keep y}.
   *
   * @param kept memory of {@link #keptWidth} floats a row of {@code x}
   * @param keep 0 or 1
   */
  void forward(Worker worker, FloatMemory weights, Rows x, Rows kept, Rows y, float keep) {
    int mark = worker.scratch().mark();
    Columns gateValue = Columns.of(kept);
    Columns activation = Columns.take(worker.scratch(), hidden, x.count());
    fillKept(worker, weights, x, kept);
    activate(worker, weights, gateValue, activation);
    second.forward(worker, weights, activation, y, keep);
    worker.scratch().release(mark);
  }

  /** Fills {@code kept} alone: all that a backward needs of a forward. */
  void fillKept(Worker worker, FloatMemory weights, Rows x, Rows kept) {
    first.forward(worker, weights, x, Columns.of(kept), 0f);
  }

  private void activate(Worker worker, FloatMemory weights, Columns gateValue, Columns activation) {
    int mark = worker.markRows();
    int n = gateValue.count();
    float[] bias = firstBias.values(worker, weights);
    float[] gate = worker.row(n);
    float[] value = worker.row(n);
    float[] sigmoid = worker.row(n);
    for (int d = 0; d < hidden; d++) {
      gateValue.read(d, 0, gate, n);
      gateValue.read(hidden + d, 0, value, n);
      VectorMath.add(gate, bias[d], n);
      worker.exponential().sigmoid(gate, sigmoid, n);
      gate(value, bias[hidden + d], gate, sigmoid, n);
      activation.write(d, 0, value, n);
    }
    worker.releaseRows(mark);
  }

  private static void gate(float[] value, float bias, float[] gate, float[] sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      value[j] = (value[j] + bias) * (gate[j] * sigmoid[j]);
    }
  }

  /**
   * Adds to the gradients of the parameters and sets {@code dx = ∂/∂x + keep dx}.
   *
   * @param kept what the forward kept; overwritten by the errors at it, which lie there warm
   * @param dy error at {@code y}
   * @param keep 0 or 1
   */
  void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Rows x,
      Rows kept,
      Rows dy,
      Rows dx,
      float keep) {
    int mark = worker.scratch().mark();
    Columns activation = Columns.take(worker.scratch(), hidden, x.count());
    Columns gateValue = Columns.of(kept);
    second.backwardInput(worker, weights, dy, activation);
    deactivate(worker, weights, gradients, gateValue, activation);
    second.backwardWeight(worker, gradients, activation, dy);
    first.backwardWeight(worker, gradients, x, gateValue);
    first.backwardInput(worker, weights, gateValue, dx, keep);
    worker.scratch().release(mark);
  }

  /**
   * Reads the error at the activation and leaves the activation itself in its place, and the errors
   * at gate and value in place of those.
   */
  private void deactivate(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Columns gateValue,
      Columns activation) {
    int mark = worker.markRows();
    int n = gateValue.count();
    float[] bias = firstBias.values(worker, weights);
    float[] sums = worker.row(2 * hidden);
    float[] gate = worker.row(n);
    float[] value = worker.row(n);
    float[] error = worker.row(n);
    float[] sigmoid = worker.row(n);
    for (int d = 0; d < hidden; d++) {
      gateValue.read(d, 0, gate, n);
      gateValue.read(hidden + d, 0, value, n);
      activation.read(d, 0, error, n);
      VectorMath.add(gate, bias[d], n);
      worker.exponential().sigmoid(gate, sigmoid, n);
      differentiate(gate, value, bias[hidden + d], error, sigmoid, n);
      sums[d] = VectorMath.sum(gate, 0, n);
      sums[hidden + d] = VectorMath.sum(value, 0, n);
      activation.write(d, 0, sigmoid, n);
      gateValue.write(d, 0, gate, n);
      gateValue.write(hidden + d, 0, value, n);
    }
    firstBias.accumulate(worker, gradients, sums);
    worker.releaseRows(mark);
  }

  /**
   * Turns gate and value into their errors and the sigmoid into the activation: SiLU(g) = g σ(g),
   * SiLU′(g) = σ(g) + SiLU(g) (1 − σ(g)).
   */
  private static void differentiate(
      float[] gate, float[] value, float bias, float[] error, float[] sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      float s = sigmoid[j];
      float silu = gate[j] * s;
      float v = value[j] + bias;
      float e = error[j];
      sigmoid[j] = silu * v;
      gate[j] = e * v * (s + silu * (1f - s));
      value[j] = e * silu;
    }
  }
}
