package org.tim4j.objective.metric;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.InvalidInputException;

/**
 * Squared Fréchet (2-Wasserstein) distance between the Gaussians fitted to two sets of features,
 * known as FID when the features are Inception's (Dowson and Landau 1982; Heusel et al. 2017):
 *
 * <pre>d² = |µ₁ − µ₂|² + tr(C₁ + C₂ − 2 (C₁ C₂)^½)</pre>
 *
 * Means and unbiased covariances are in double precision whatever the type of the input.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /**
   * Returns the distance of two sets of features.
   *
   * @param first {@code [n, features]}, n at least 2
   * @param second {@code [m, features]}, m at least 2
   * @return 0 for equal moments, otherwise positive
   * @throws InvalidInputException if a set is not a matrix, too small or not finite, or if the
   *     widths differ
   */
  public static double between(INDArray first, INDArray second) {
    Features a = Features.of("first", first, 2);
    Features b = Features.of("second", second, 2);
    a.requireSameWidth(b);
    return between(mean(a), covariance(a), mean(b), covariance(b));
  }

  /**
   * The distance of two Gaussians. The trace of (C₁ C₂)^½ is taken as the sum of the singular
   * values of C₁^½ C₂^½, which loses no digits when a covariance is singular.
   */
  static double between(RealVector mean1, RealMatrix cov1, RealVector mean2, RealMatrix cov2) {
    double shift = mean1.subtract(mean2).getNorm();
    RealMatrix product = squareRoot(cov1).multiply(squareRoot(cov2));
    double cross = Arrays.stream(new SingularValueDecomposition(product).getSingularValues()).sum();
    double distance = shift * shift + cov1.getTrace() + cov2.getTrace() - 2 * cross;
    return Math.max(distance, 0);
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

  private static RealVector mean(Features features) {
    double[] mean = new double[features.width()];
    for (double[] row : features.rows()) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / features.count();
      }
    }
    return new ArrayRealVector(mean, false);
  }

  private static RealMatrix covariance(Features features) {
    return new Covariance(new Array2DRowRealMatrix(features.rows(), false)).getCovarianceMatrix();
  }
}
