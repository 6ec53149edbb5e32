package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.loops.HeadLoops;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Padding;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * The parameters of the layer norm over each head of queries or keys, which {@link HeadLoops} make,
 * or none where the layer has no such norm. All heads share them.
 */
public final class HeadNorm {
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
  public static HeadNorm of(
      ParameterLayout layout, boolean present, String normalized, int headDim) {
    return present
        ? new HeadNorm(
            headDim,
            new Bias(layout, ParameterNames.normGain(normalized)),
            new Bias(layout, ParameterNames.normBias(normalized)))
        : new HeadNorm(headDim, null, null);
  }

  /** What is to be done to the heads: the normalisation, and a rotation that may be null. */
  public HeadLoops.Heads with(Lane lane, Scratch.Scope scope, RotaryTable rotary) {
    HeadLoops.Affine affine =
        gain == null
            ? null
            : new HeadLoops.Affine(
                gain.values(lane, scope),
                bias.values(lane, scope),
                scope.zeroRow(headDim * Padding.LANES),
                scope.zeroRow(headDim * Padding.LANES));
    return new HeadLoops.Heads(headDim, affine, rotary);
  }

  /** Adds the summed gradients of gain and bias. */
  public void accumulate(Lane lane, HeadLoops.Heads heads) {
    if (gain != null) {
      accumulate(lane, gain, heads.affine().dGain());
      accumulate(lane, bias, heads.affine().dBias());
    }
  }

  private void accumulate(Lane lane, Bias parameter, float[] parts) {
    try (Scratch.Scope scope = lane.open()) {
      float[] sum = scope.row(headDim);
      for (int d = 0; d < headDim; d++) {
        sum[d] = VectorMath.sum(parts, d * Padding.LANES, Padding.LANES);
      }
      parameter.accumulate(lane, sum);
    }
  }
}
