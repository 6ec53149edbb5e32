package org.tim4j.layers.kernel;

/** Normalisation of one row to mean 0 and (biased) variance 1, and its backward. */
final class LayerNorm {
  private LayerNorm() {}

  /**
   * Replaces {@code x[from … from + n)} by {@code (x - mean) / sqrt(variance + epsilon)}.
   *
   * @return {@code 1 / sqrt(variance + epsilon)}
   */
  static float normalize(float[] x, int from, int n, float epsilon) {
    float mean = VectorMath.sum(x, from, n) / n;
    for (int i = from; i < from + n; i++) {
      x[i] -= mean;
    }
    float variance = VectorMath.dot(x, from, x, from, n) / n;
    float scale = (float) (1.0 / Math.sqrt(variance + epsilon));
    for (int i = from; i < from + n; i++) {
      x[i] *= scale;
    }
    return scale;
  }

  /**
   * Replaces the error at the normalised row by the error at its input: {@code d ← scale (d -
   * mean(d) - x mean(d x))}.
   *
   * @param x the normalised row
   * @param scale what {@link #normalize} returned
   */
  static void backward(float[] x, float[] d, int from, int n, float scale) {
    float mean = VectorMath.sum(d, from, n) / n;
    float slope = VectorMath.dot(d, from, x, from, n) / n;
    for (int i = from; i < from + n; i++) {
      d[i] = scale * (d[i] - mean - x[i] * slope);
    }
  }
}
