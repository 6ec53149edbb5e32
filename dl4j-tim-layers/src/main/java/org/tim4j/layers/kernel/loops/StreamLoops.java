package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * How a branch reads the stream, {@code h = LN(x) ⊙ (1 + scale) + shift}, and how it joins it,
 * {@code y = x + gate ⊙ (branch + bias)}: for tokens of one sample, whose shift, scale and gate
 * they share.
 */
public interface StreamLoops {
  /** Added to the variance in a layer norm without affine. */
  float EPSILON = (float) MethodConstants.PLAIN_EPSILON;

  /** Fills {@code h}. */
  void modulate(Scratch scratch, Matrix x, float[] shift, float[] scale, Matrix h);

  /**
   * Adds the error at {@code x} to {@code dx}.
   *
   * @param dh error at {@code h}
   * @param dShift sum of the errors at the shift, to add to
   * @param dScale sum of the errors at the scale, to add to
   */
  void modulateBackward(
      Scratch scratch,
      Matrix x,
      Matrix dh,
      float[] scale,
      float[] dShift,
      float[] dScale,
      Matrix dx);

  /** What a branch joins the stream with, or the sums of the errors at it, to add to. */
  record Gate(float[] bias, float[] gate) {}

  /** Fills {@code y}. */
  void join(Scratch scratch, Matrix x, Matrix branch, Gate gate, Matrix y);

  /**
   * Sets {@code dBranch} to the error at the branch.
   *
   * @param errors to add to
   * @param dBranch may be {@code branch}
   */
  void joinBackward(
      Scratch scratch, Matrix dy, Matrix branch, Gate gate, Gate errors, Matrix dBranch);
}
