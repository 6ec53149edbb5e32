package org.tim4j.layers.kernel;

/**
 * Layer norm with affine over each head of a query or key row, or nothing where the layer has no
 * such parameters. All heads share one affine.
 */
final class HeadNorm {
  private static final float EPSILON = 1e-5f;

  private final int headDim;
  private final Bias gain;
  private final Bias bias;

  /**
   * @param gain name of the gain
   * @param bias name of the bias
   * @param headDim values that are normalised together
   */
  HeadNorm(ParameterLayout layout, String gain, String bias, int headDim) {
    this.headDim = headDim;
    boolean present = layout.contains(gain);
    this.gain = present ? new Bias(layout, gain) : null;
    this.bias = present ? new Bias(layout, bias) : null;
  }

  /** The normalisation of queries or keys, named {@code prefix + "NormGain"} and so on. */
  static HeadNorm of(ParameterLayout layout, String prefix, int headDim) {
    return new HeadNorm(layout, prefix + "NormGain", prefix + "NormBias", headDim);
  }

  /** Gain and bias of one call and the sums of their gradients. */
  record Affine(float[] gain, float[] bias, float[] dGain, float[] dBias) {}

  /** Reads the parameters; null if there are none. */
  Affine affine(Worker worker, FloatMemory weights) {
    if (gain == null) {
      return null;
    }
    return new Affine(
        gain.values(worker, weights),
        bias.values(worker, weights),
        worker.zeroRow(headDim),
        worker.zeroRow(headDim));
  }

  /** Normalises one head in place. */
  void forward(Affine affine, float[] x, int from) {
    if (affine == null) {
      return;
    }
    float mean = LayerNorm.mean(x, from, headDim);
    float scale = LayerNorm.scale(x, from, headDim, mean, EPSILON);
    float[] gains = affine.gain;
    float[] biases = affine.bias;
    for (int i = 0; i < headDim; i++) {
      x[from + i] = Math.fma((x[from + i] - mean) * scale, gains[i], biases[i]);
    }
  }

  /**
   * Turns the error {@code d} of one head into the error at its input.
   *
   * @param x the head before normalisation; overwritten
   */
  void backward(Affine affine, float[] x, float[] d, int from) {
    if (affine == null) {
      return;
    }
    float scale = LayerNorm.normalize(x, from, headDim, EPSILON);
    for (int i = 0; i < headDim; i++) {
      float e = d[from + i];
      affine.dGain[i] = Math.fma(e, x[from + i], affine.dGain[i]);
      affine.dBias[i] += e;
      d[from + i] = e * affine.gain[i];
    }
    LayerNorm.backward(x, d, from, headDim, scale);
  }

  /** Adds the summed gradients of gain and bias. */
  void accumulate(Worker worker, FloatMemory gradients, Affine affine) {
    if (affine != null) {
      gain.accumulate(worker, gradients, affine.dGain);
      bias.accumulate(worker, gradients, affine.dBias);
    }
  }
}
