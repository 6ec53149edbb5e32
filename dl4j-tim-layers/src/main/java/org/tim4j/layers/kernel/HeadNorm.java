package org.tim4j.layers.kernel;

import java.util.Arrays;

/**
 * Layer norm with affine over each head of queries or keys, or nothing where the layer has no such
 * parameters. All heads share one affine.
 */
final class HeadNorm {
  private static final float EPSILON = 1e-5f;

  private final int headDim;
  private final Bias gain;
  private final Bias bias;

  /**
   * @param prefix what stands before {@code NormGain} and {@code NormBias}
   * @param headDim values that are normalised together
   */
  HeadNorm(ParameterLayout layout, String prefix, int headDim) {
    this.headDim = headDim;
    boolean present = layout.contains(prefix + "NormGain");
    gain = present ? new Bias(layout, prefix + "NormGain") : null;
    bias = present ? new Bias(layout, prefix + "NormBias") : null;
  }

  /**
   * Gain and bias of one call, the sums of their gradients, and three numbers for each token of a
   * strip.
   */
  record Affine(
      float[] gain,
      float[] bias,
      float[] dGain,
      float[] dBias,
      float[] mean,
      float[] scale,
      float[] slope) {}

  /** Reads the parameters; null if there are none. */
  Affine affine(Worker worker, FloatMemory weights) {
    if (gain == null) {
      return null;
    }
    int tokens = HeadStrip.length(headDim);
    return new Affine(
        gain.values(worker, weights),
        bias.values(worker, weights),
        worker.zeroRow(headDim),
        worker.zeroRow(headDim),
        worker.row(tokens),
        worker.row(tokens),
        worker.row(tokens));
  }

  /** Normalises heads in place. */
  void forward(Affine affine, HeadStrip head) {
    if (affine == null) {
      return;
    }
    center(affine, head);
    for (int d = 0; d < headDim; d++) {
      float[] x = head.value(d);
      scale(x, affine.scale, affine.gain[d], affine.bias[d], head.count());
    }
  }

  /** Subtracts the mean of each head and leaves {@code 1 / sqrt(variance + ε)} as its scale. */
  private void center(Affine affine, HeadStrip head) {
    int n = head.count();
    float[] mean = affine.mean;
    float[] scale = affine.scale;
    Arrays.fill(mean, 0, n, 0f);
    Arrays.fill(scale, 0, n, 0f);
    for (int d = 0; d < headDim; d++) {
      VectorMath.add(mean, head.value(d), n);
    }
    VectorMath.scale(mean, 1f / headDim, n);
    for (int d = 0; d < headDim; d++) {
      center(head.value(d), mean, scale, n);
    }
    inverseRoot(scale, 1f / headDim, n);
  }

  private static void center(float[] x, float[] mean, float[] squares, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i] - mean[i];
      x[i] = v;
      squares[i] = Math.fma(v, v, squares[i]);
    }
  }

  private static void inverseRoot(float[] squares, float part, int n) {
    for (int i = 0; i < n; i++) {
      squares[i] = 1f / (float) Math.sqrt(squares[i] * part + EPSILON);
    }
  }

  private static void scale(float[] x, float[] scale, float gain, float bias, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.fma(x[i] * scale[i], gain, bias);
    }
  }

  /**
   * Turns the errors {@code error} of heads into the errors at their input.
   *
   * @param head the heads before normalisation; overwritten
   */
  void backward(Affine affine, HeadStrip head, HeadStrip error) {
    if (affine == null) {
      return;
    }
    int n = head.count();
    center(affine, head);
    float[] mean = affine.mean;
    float[] slope = affine.slope;
    Arrays.fill(mean, 0, n, 0f);
    Arrays.fill(slope, 0, n, 0f);
    for (int d = 0; d < headDim; d++) {
      float[] x = head.value(d);
      float[] e = error.value(d);
      VectorMath.multiply(x, affine.scale, n);
      affine.dGain[d] += VectorMath.dot(e, 0, x, 0, n);
      affine.dBias[d] += VectorMath.sum(e, 0, n);
      scaleAndSum(e, x, affine.gain[d], mean, slope, n);
    }
    VectorMath.scale(mean, 1f / headDim, n);
    VectorMath.scale(slope, 1f / headDim, n);
    for (int d = 0; d < headDim; d++) {
      uncenter(error.value(d), head.value(d), affine.scale, mean, slope, n);
    }
  }

  private static void scaleAndSum(
      float[] e, float[] x, float gain, float[] sum, float[] products, int n) {
    for (int i = 0; i < n; i++) {
      float v = e[i] * gain;
      e[i] = v;
      sum[i] += v;
      products[i] = Math.fma(v, x[i], products[i]);
    }
  }

  private static void uncenter(
      float[] e, float[] x, float[] scale, float[] mean, float[] slope, int n) {
    for (int i = 0; i < n; i++) {
      e[i] = scale[i] * (e[i] - mean[i] - x[i] * slope[i]);
    }
  }

  /** Adds the summed gradients of gain and bias. */
  void accumulate(Worker worker, FloatMemory gradients, Affine affine) {
    if (affine != null) {
      gain.accumulate(worker, gradients, affine.dGain);
      bias.accumulate(worker, gradients, affine.dBias);
    }
  }
}
