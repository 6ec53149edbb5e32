package org.tim4j.layers.kernel;

/**
 * {@code y = (SiLU(x Wg + bg) ⊙ (x Wv + bv)) W2 + b2}: the gated unit of the modulation and of the
 * MLP. The gradient of the last bias is left to whoever goes over the error at {@code y} anyway.
 *
 * <p>{@code W1 [in, 2 hidden]} holds gate and value side by side. The forward keeps the gate and
 * value rows; the activation is made again in the backward.
 */
final class SwiGlu {
  private final Linear first;
  private final Bias firstBias;
  private final Linear second;
  private final Bias secondBias;
  private final int hidden;

  /**
   * @param prefix what stands before {@code W1}, {@code b1}, {@code W2}, {@code b2} in the
   *     parameter names
   */
  SwiGlu(ParameterLayout layout, String prefix) {
    first = new Linear(layout, prefix + "W1");
    firstBias = new Bias(layout, prefix + "b1");
    second = new Linear(layout, prefix + "W2");
    secondBias = new Bias(layout, prefix + "b2");
    hidden = second.in();
  }

  int in() {
    return first.in();
  }

  int out() {
    return second.out();
  }

  /** Width of the gate and value rows that the forward keeps. */
  int keptWidth() {
    return 2 * hidden;
  }

  /** Fills {@code gateValue} and {@code y}, which have as many rows as {@code x}. */
  void forward(Worker worker, FloatMemory weights, Rows x, Rows gateValue, Rows y) {
    int mark = worker.scratch().mark();
    Rows activation = worker.scratchRows(x.count(), hidden);
    first.forward(worker, weights, firstBias, x, gateValue);
    activate(worker, gateValue, activation);
    second.forward(worker, weights, secondBias, activation, y);
    worker.scratch().release(mark);
  }

  private void activate(Worker worker, Rows gateValue, Rows activation) {
    int mark = worker.markRows();
    float[] gate = worker.row(hidden);
    float[] value = worker.row(hidden);
    float[] sigmoid = worker.row(hidden);
    float[] work = worker.row(hidden);
    for (int i = 0; i < gateValue.count(); i++) {
      gateValue.read(i, 0, gate, hidden);
      gateValue.read(i, hidden, value, hidden);
      VectorMath.sigmoid(gate, sigmoid, work, hidden);
      for (int j = 0; j < hidden; j++) {
        value[j] *= gate[j] * sigmoid[j];
      }
      activation.write(i, value);
    }
    worker.releaseRows(mark);
  }

  /**
   * Adds to the gradients of the parameters and sets {@code dx = ∂/∂x + keep dx}.
   *
   * @param gateValue what the forward kept
   * @param dy error at {@code y}
   * @param keep 0 or 1
   */
  void backward(
      Worker worker,
      FloatMemory weights,
      FloatMemory gradients,
      Rows x,
      Rows gateValue,
      Rows dy,
      Rows dx,
      float keep) {
    int mark = worker.scratch().mark();
    Rows activation = worker.scratchRows(x.count(), hidden);
    Rows dGateValue = worker.scratchRows(x.count(), 2 * hidden);
    second.backwardInput(worker, weights, dy, activation, 0f);
    deactivate(worker, gradients, gateValue, activation, dGateValue);
    second.backwardWeight(worker, gradients, activation, dy);
    first.backwardWeight(worker, gradients, x, dGateValue);
    first.backwardInput(worker, weights, dGateValue, dx, keep);
    worker.scratch().release(mark);
  }

  /** Reads the error at the activation and leaves the activation itself in its place. */
  private void deactivate(
      Worker worker, FloatMemory gradients, Rows gateValue, Rows activation, Rows dGateValue) {
    int mark = worker.markRows();
    float[] sumGate = worker.zeroRow(2 * hidden);
    float[] sumValue = worker.zeroRow(hidden);
    float[] gate = worker.row(hidden);
    float[] value = worker.row(hidden);
    float[] error = worker.row(hidden);
    float[] sigmoid = worker.row(hidden);
    float[] work = worker.row(hidden);
    for (int i = 0; i < gateValue.count(); i++) {
      gateValue.read(i, 0, gate, hidden);
      gateValue.read(i, hidden, value, hidden);
      activation.read(i, error);
      VectorMath.sigmoid(gate, sigmoid, work, hidden);
      differentiate(gate, value, error, sigmoid, hidden);
      VectorMath.add(sumGate, gate, hidden);
      VectorMath.add(sumValue, value, hidden);
      activation.write(i, sigmoid);
      dGateValue.write(i, 0, gate, hidden);
      dGateValue.write(i, hidden, value, hidden);
    }
    System.arraycopy(sumValue, 0, sumGate, hidden, hidden);
    firstBias.accumulate(worker, gradients, sumGate);
    worker.releaseRows(mark);
  }

  /**
   * Turns gate and value into their errors and the sigmoid into the activation: SiLU(g) = g σ(g),
   * SiLU′(g) = σ(g) + SiLU(g) (1 − σ(g)).
   */
  private static void differentiate(
      float[] gate, float[] value, float[] error, float[] sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      float s = sigmoid[j];
      float silu = gate[j] * s;
      float v = value[j];
      float e = error[j];
      sigmoid[j] = silu * v;
      gate[j] = e * v * (s + silu * (1f - s));
      value[j] = e * silu;
    }
  }
}
