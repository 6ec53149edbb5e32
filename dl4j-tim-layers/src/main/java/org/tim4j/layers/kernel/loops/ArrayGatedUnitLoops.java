package org.tim4j.layers.kernel.loops;

/** Portable loops of a gated unit, row by row. */
final class ArrayGatedUnitLoops implements GatedUnitLoops {
  @Override
  public void forward(Scratch scratch, Unit unit) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = unit.width();
      float[] gate = scope.row(n);
      float[] value = scope.row(n);
      float[] sigmoid = scope.row(n);
      for (int i = 0; i < unit.rows(); i++) {
        unit.gateValue().read(i, 0, gate, n);
        unit.gateValue().read(i, n, value, n);
        VectorMath.add(gate, unit.gateBias(), n);
        scratch.exponential().sigmoid(gate, sigmoid, n);
        activate(value, unit.valueBias(), gate, sigmoid, n);
        unit.activation().write(i, 0, value, n);
      }
    }
  }

  private static void activate(float[] value, float[] bias, float[] gate, float[] sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      value[j] = (value[j] + bias[j]) * (gate[j] * sigmoid[j]);
    }
  }

  @Override
  public void backward(Scratch scratch, Unit unit, float[] gateSum, float[] valueSum) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = unit.width();
      float[] gate = scope.row(n);
      float[] value = scope.row(n);
      float[] error = scope.row(n);
      float[] sigmoid = scope.row(n);
      for (int i = 0; i < unit.rows(); i++) {
        unit.gateValue().read(i, 0, gate, n);
        unit.gateValue().read(i, n, value, n);
        unit.activation().read(i, 0, error, n);
        VectorMath.add(gate, unit.gateBias(), n);
        scratch.exponential().sigmoid(gate, sigmoid, n);
        differentiate(gate, value, unit.valueBias(), error, sigmoid, n);
        VectorMath.add(gateSum, gate, n);
        VectorMath.add(valueSum, value, n);
        unit.activation().write(i, 0, sigmoid, n);
        unit.gateValue().write(i, 0, gate, n);
        unit.gateValue().write(i, n, value, n);
      }
    }
  }

  /**
   * Turns gate and value into their errors and the sigmoid into the activation: SiLU′(g) = σ(g) +
   * SiLU(g) (1 − σ(g)).
   */
  private static void differentiate(
      float[] gate, float[] value, float[] bias, float[] error, float[] sigmoid, int n) {
    for (int j = 0; j < n; j++) {
      float s = sigmoid[j];
      float silu = gate[j] * s;
      float v = value[j] + bias[j];
      float e = error[j];
      sigmoid[j] = v * silu;
      gate[j] = e * v * (s + silu * (1f - s));
      value[j] = e * silu;
    }
  }
}
