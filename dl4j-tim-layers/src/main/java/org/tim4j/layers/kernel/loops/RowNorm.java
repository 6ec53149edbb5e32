package org.tim4j.layers.kernel.loops;

/** Normalisation of one row to mean 0 and (biased) variance 1, and its backward. */
public final class RowNorm {
  private RowNorm() {}

  /** Mean of {@code x[from … from + n)}. */
  public static float mean(float[] x, int from, int n) {
    return VectorMath.sum(x, from, n) / n;
  }

  /** {@code 1 / sqrt(variance + epsilon)} of {@code x[from … from + n)}, whose mean is given. */
  public static float scale(float[] x, int from, int n, float mean, float epsilon) {
    float variance = VectorMath.squaredDistance(x, from, mean, n) / n;
    return (float) (1.0 / Math.sqrt(variance + epsilon));
  }

  /**
   * Replaces {@code x[from … from + n)} by {@code (x - mean) / sqrt(variance + epsilon)}.
   *
   * @return {@code 1 / sqrt(variance + epsilon)}
   */
  public static float normalize(float[] x, int from, int n, float epsilon) {
    float mean = mean(x, from, n);
    float scale = scale(x, from, n, mean, epsilon);
    for (int i = from; i < from + n; i++) {
      x[i] = (x[i] - mean) * scale;
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
  public static void backward(float[] x, float[] d, int from, int n, float scale) {
    float mean = VectorMath.sum(d, from, n) / n;
    float slope = VectorMath.dot(d, from, x, from, n) / n;
    for (int i = from; i < from + n; i++) {
      d[i] = scale * (d[i] - mean - x[i] * slope);
    }
  }
}
