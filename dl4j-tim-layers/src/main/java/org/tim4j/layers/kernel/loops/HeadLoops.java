package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.kernel.memory.Matrix;

/** Normalisation and rotation of the heads of queries or keys, and their backward. */
public interface HeadLoops {
  /** Added to the variance of a head. */
  float EPSILON = (float) MethodConstants.AFFINE_EPSILON;

  /**
   * Gain and bias of one call, and the sums of their gradients.
   *
   * @param gain a number for each value of a head
   * @param bias likewise
   * @param dGain the sum for value {@code d} in parts, from {@code d · LANES} to {@code (d + 1) ·
   *     LANES}, so that tokens are added up by vectors
   * @param dBias likewise
   */
  record Affine(float[] gain, float[] bias, float[] dGain, float[] dBias) {}

  /**
   * What is done to heads.
   *
   * @param headDim values of a head
   * @param affine of their layer norm; null if they are not normalised
   * @param rotary null if there is no rotation
   */
  record Heads(int headDim, Affine affine, RotaryTable rotary) {}

  /**
   * Heads of tokens of whole samples as a product gives them, and what is added to all tokens of a
   * sample.
   *
   * @param values heads of all tokens, one behind the other
   * @param additions a row for each sample
   * @param column place in such a row of what is added to the first value
   */
  record Raw(Matrix values, Matrix additions, int column) {
    public int tokensPerSample() {
      return values.columns() / additions.rows();
    }

    /** Copies what is added to the values of a sample. */
    void readAddition(int sample, float[] row) {
      additions.read(sample, column, row, values.rows());
    }
  }

  /**
   * Fills {@code ready} with the heads with their additions, normalised and rotated.
   *
   * @param ready other memory than that of the raw heads
   */
  void forward(Scratch scratch, Heads heads, Raw raw, Matrix ready);

  /**
   * Turns the errors {@code d} at ready heads into the errors at raw ones and adds to the sums of
   * the affine.
   */
  void backward(Scratch scratch, Heads heads, Raw raw, Matrix d);
}
