package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.kernel.memory.Matrix;

/**
 * The activation of a gated unit, {@code SiLU(gate + gateBias) ⊙ (value + valueBias)}, with {@code
 * SiLU(g) = g σ(g)}.
 */
public interface GatedUnitLoops {
  /**
   * The rows of a gated unit.
   *
   * @param width padded width of gate, value, activation and biases, all of which are unspecified
   *     beyond the width of the unit
   * @param gateValue gates, and from column {@code width} on values, both without bias
   * @param gateBias a bias for each column of the gate
   * @param valueBias a bias for each column of the value
   * @param activation rows of {@code width} or more
   */
  record Unit(int width, Matrix gateValue, float[] gateBias, float[] valueBias, Matrix activation) {
    public int rows() {
      return gateValue.rows();
    }
  }

  /** Fills the activation. */
  void forward(Scratch scratch, Unit unit);

  /**
   * Replaces the errors at the activation by the activation itself, and gates and values by the
   * errors at them.
   *
   * @param gateSum sum of the errors at the gate, for each column, to add to
   * @param valueSum sum of the errors at the value, for each column, to add to
   */
  void backward(Scratch scratch, Unit unit, float[] gateSum, float[] valueSum);
}
