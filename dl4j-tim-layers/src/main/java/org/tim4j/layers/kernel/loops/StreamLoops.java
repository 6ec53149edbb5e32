package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.kernel.memory.Rows;

/**
 * How a branch reads the stream, {@code h = LN(x) ⊙ (1 + scale) + shift}, and how it joins it,
 * {@code y = x + gate ⊙ (branch + bias)}: for tokens of one sample, whose shift, scale and gate
 * they share.
 */
public interface StreamLoops {
  /** Added to the variance in a layer norm without affine. */
  float EPSILON = (float) MethodConstants.PLAIN_EPSILON;

  /** Fills {@code h}. */
  void modulate(Scratch scratch, Rows x, float[] shift, float[] scale, Rows h);

  /**
   * Adds the error at {@code x} to {@code dx}.
   *
   * @param dh error at {@code h}
   * @param dShift sum of the errors at the shift, to add to
   * @param dScale sum of the errors at the scale, to add to
   */
  void modulateBackward(
      Scratch scratch, Rows x, Rows dh, float[] scale, float[] dShift, float[] dScale, Rows dx);

  /** Fills {@code y}. */
  void join(Scratch scratch, Rows x, Rows branch, float[] bias, float[] gate, Rows y);

  /**
   * Sets {@code dBranch} to the error at the branch.
   *
   * @param dGate sum of the errors at the gate, to add to
   * @param dBias sum of the errors at the bias, to add to
   * @param dBranch may be {@code branch}
   */
  void joinBackward(
      Scratch scratch,
      Rows dy,
      Rows branch,
      float[] bias,
      float[] gate,
      float[] dGate,
      float[] dBias,
      Rows dBranch);
}
