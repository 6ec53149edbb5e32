package org.tim4j.layers.kernel;

import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.ParameterNames;

/**
 * The parameters of the layer norm over each head of queries or keys, which {@link HeadLoops} make,
 * or none where the layer has no such norm. All heads share them.
 */
final class HeadNorm {
  /** Added to the variance of a head. */
  static final float EPSILON = (float) MethodConstants.AFFINE_EPSILON;

  private final int headDim;
  private final Bias gain;
  private final Bias bias;

  private HeadNorm(int headDim, Bias gain, Bias bias) {
    this.headDim = headDim;
    this.gain = gain;
    this.bias = bias;
  }

  /**
   * @param present whether there is a norm
   * @param normalized what is normalised, as parameters are named
   * @param headDim values that are normalised together
   */
  static HeadNorm of(ParameterLayout layout, boolean present, String normalized, int headDim) {
    return present
        ? new HeadNorm(
            headDim,
            new Bias(layout, ParameterNames.normGain(normalized)),
            new Bias(layout, ParameterNames.normBias(normalized)))
        : new HeadNorm(headDim, null, null);
  }

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

  /** What is to be done to the heads: the normalisation, and a rotation that may be null. */
  HeadLoops.Heads with(Worker worker, FloatMemory weights, RotaryTable rotary) {
    Affine affine =
        gain == null
            ? null
            : new Affine(
                gain.values(worker, weights),
                bias.values(worker, weights),
                worker.zeroRow(headDim * Loops.LANES),
                worker.zeroRow(headDim * Loops.LANES));
    return new HeadLoops.Heads(headDim, affine, rotary);
  }

  /** Adds the summed gradients of gain and bias. */
  void accumulate(Worker worker, FloatMemory gradients, HeadLoops.Heads heads) {
    if (gain != null) {
      accumulate(worker, gradients, gain, heads.affine().dGain);
      accumulate(worker, gradients, bias, heads.affine().dBias);
    }
  }

  private void accumulate(Worker worker, FloatMemory gradients, Bias parameter, float[] parts) {
    int mark = worker.markRows();
    float[] sum = worker.row(headDim);
    for (int d = 0; d < headDim; d++) {
      sum[d] = VectorMath.sum(parts, d * Loops.LANES, Loops.LANES);
    }
    parameter.accumulate(worker, gradients, sum);
    worker.releaseRows(mark);
  }
}
