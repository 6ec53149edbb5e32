package org.tim4j.objective.metric;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Squared Fréchet (2-Wasserstein) distance between the Gaussians fitted to two sets of features,
 * known as FID when the features are Inception's (Dowson and Landau 1982; Heusel et al. 2017):
 *
 * <pre>d² = |µ₁ − µ₂|² + tr(C₁ + C₂ − 2 (C₁ C₂)^½)</pre>
 *
 * Means and unbiased covariances are in double precision whatever the type of the input.
 */
public final class FrechetDistance {
  /** Mean and unbiased covariance of a Gaussian. */
  record Moments(RealVector mean, RealMatrix covariance) {}

  private final Features reference;
  private final Moments moments;
  private final RealMatrix root;

  private FrechetDistance(Features reference, Moments moments) {
    this.reference = reference;
    this.moments = moments;
    this.root = squareRoot(moments.covariance());
  }

  /**
   * Prepares distances to a fixed set of features.
   *
   * @param reference {@code [n, features]}, n at least 2
   * @throws InvalidInputException if the set is not a matrix, too small or not finite
   */
  public static FrechetDistance to(INDArray reference) {
    Features features = Features.of("reference", reference, 2);
    return new FrechetDistance(features, moments(features));
  }

  /**
   * Returns the distance of a set of features from the fixed one.
   *
   * @param features {@code [m, features]}, m at least 2
   * @return 0 for equal moments, otherwise positive
   * @throws InvalidInputException if the set is not a matrix, too small or not finite, or if the
   *     widths differ
   */
  public double of(INDArray features) {
    Features other = Features.of("given", features, 2);
    other.requireSameWidth(reference);
    return between(moments, root, moments(other));
  }

  /** Returns the distance of two sets of features; see {@link #to} and {@link #of}. */
  public static double between(INDArray first, INDArray second) {
    return to(first).of(second);
  }

  static double between(Moments a, Moments b) {
    return between(a, squareRoot(a.covariance()), b);
  }

  /**
   * The distance of two Gaussians. The trace of (C₁ C₂)^½ is taken as the sum of the singular
   * values of C₁^½ C₂^½, which loses no digits when a covariance is singular.
   */
  private static double between(Moments a, RealMatrix rootOfA, Moments b) {
    double shift = a.mean().subtract(b.mean()).getNorm();
    RealMatrix product = rootOfA.multiply(squareRoot(b.covariance()));
    double cross = Arrays.stream(new SingularValueDecomposition(product).getSingularValues()).sum();
    double traces = a.covariance().getTrace() + b.covariance().getTrace();
    return Math.max(shift * shift + traces - 2 * cross, 0);
  }

  private static RealMatrix squareRoot(RealMatrix covariance) {
    EigenDecomposition eigen = new EigenDecomposition(covariance);
    double[] roots =
        Arrays.stream(eigen.getRealEigenvalues())
            .map(value -> Math.sqrt(Math.max(value, 0)))
            .toArray();
    return eigen
        .getV()
        .multiply(MatrixUtils.createRealDiagonalMatrix(roots))
        .multiply(eigen.getVT());
  }

  private static Moments moments(Features features) {
    INDArray rows = Nd4j.createFromArray(features.rows());
    INDArray mean = rows.mean(0);
    INDArray centred = rows.subRowVector(mean);
    INDArray covariance = centred.transpose().mmul(centred).divi(features.count() - 1);
    return new Moments(
        new ArrayRealVector(mean.toDoubleVector(), false),
        new Array2DRowRealMatrix(covariance.toDoubleMatrix(), false));
  }
}
