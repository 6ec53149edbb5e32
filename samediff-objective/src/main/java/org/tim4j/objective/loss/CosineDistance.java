package org.tim4j.objective.loss;

/**
 * The cosine distance {@code 1 - f·g / (|f| |g|)} of two vectors that lie strided in larger arrays.
 * Each norm is at least 1e-8, so that the distance of a zero vector is 1.
 */
record CosineDistance(int offset, int stride, int count) {
  private static final double SMALLEST_NORM = 1e-8;

  /**
   * Returns the distance and adds its gradient.
   *
   * @param f holds the prediction
   * @param g holds the target
   * @param scale factor of the gradient
   * @param gradient receives {@code scale · ∂distance/∂f} at the places of the prediction
   */
  double addGradient(double[] f, double[] g, double scale, double[] gradient) {
    double dot = 0;
    double ff = 0;
    double gg = 0;
    for (int k = 0, j = offset; k < count; k++, j += stride) {
      dot += f[j] * g[j];
      ff += f[j] * f[j];
      gg += g[j] * g[j];
    }
    double normF = Math.sqrt(ff);
    double norms = Math.max(normF, SMALLEST_NORM) * Math.max(Math.sqrt(gg), SMALLEST_NORM);
    double cosine = dot / norms;
    // ∂cos/∂f = g / (|f| |g|) - cos · f / |f|²; the second part vanishes where the norm is bounded.
    double along = normF > SMALLEST_NORM ? cosine / ff : 0;
    for (int k = 0, j = offset; k < count; k++, j += stride) {
      gradient[j] -= scale * (g[j] / norms - along * f[j]);
    }
    return 1 - cosine;
  }
}
