package org.tim4j.objective.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Squared Fréchet (2-Wasserstein) distance between the Gaussians fitted to two sets of features,
 * known as FID when the features are Inception's (Dowson and Landau 1982; Heusel et al. 2017):
 *
 * <pre>d² = |µ₁ − µ₂|² + tr(C₁ + C₂ − 2 (C₁ C₂)^½)</pre>
 *
 * Means and unbiased covariances are in double precision whatever the type of the input. The trace
 * of (C₁ C₂)^½ is the sum of the singular values of F₁ F₂ᵀ for any factors with Fᵀ F = C, which
 * loses no digits where a covariance is singular and is small where there are fewer examples than
 * features: of 2,000 images of 64×64×3 it is 2,000 numbers wide, not 12,288.
 */
public final class FrechetDistance {
  private final int width;
  private final FittedGaussian reference;

  private FrechetDistance(int width, FittedGaussian reference) {
    this.width = width;
    this.reference = reference;
  }

  /**
   * Prepares distances to a fixed set of features.
   *
   * @param reference {@code [n, features]}, n at least 2
   * @throws InvalidInputException if the set is not a matrix, too small or not finite
   * @throws MetricException if its numbers are too large to be squared
   */
  public static FrechetDistance to(INDArray reference) {
    Features features = Features.of("reference", reference, 2);
    return new FrechetDistance(features.width(), FittedGaussian.of(features));
  }

  /**
   * Returns the distance of a set of features from the fixed one.
   *
   * @param features {@code [m, features]}, m at least 2
   * @return 0 for equal moments, otherwise positive
   * @throws InvalidInputException if the set is not a matrix, too small or not finite, or if the
   *     widths differ
   * @throws MetricException if its numbers are too large to be squared
   */
  public double of(INDArray features) {
    Features other = Features.of("given", features, 2);
    other.requireWidth(width);
    return between(reference, FittedGaussian.of(other));
  }

  /** Returns the distance of two sets of features; see {@link #to} and {@link #of}. */
  public static double between(INDArray first, INDArray second) {
    return to(first).of(second);
  }

  /** Returns the distance of two Gaussians of the same width. */
  static double between(FittedGaussian a, FittedGaussian b) {
    double shift = a.mean().distance2(b.mean());
    INDArray product = Nd4j.gemm(a.factor(), b.factor(), false, true);
    double cross = Lapack.sumOfSingularValues(product);
    return Math.max(shift * shift + a.trace() + b.trace() - 2 * cross, 0);
  }
}
