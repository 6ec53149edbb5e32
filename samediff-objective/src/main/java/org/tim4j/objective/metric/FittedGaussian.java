package org.tim4j.objective.metric;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean and unbiased covariance of a set of features; the covariance C as a factor F with Fᵀ F = C.
 *
 * @param mean {@code [features]}, double precision
 * @param factor {@code [k, features]}, k the smaller of the numbers of examples and features
 * @param trace of the covariance
 */
record FittedGaussian(INDArray mean, INDArray factor, double trace) {

  static FittedGaussian of(Features features) {
    INDArray rows = Nd4j.createFromArray(features.rows());
    INDArray mean = rows.mean(0);
    INDArray centred = rows.subiRowVector(mean).divi(Math.sqrt(features.count() - 1.0));
    if (features.count() <= features.width()) {
      double norm = centred.norm2Number().doubleValue();
      return new FittedGaussian(mean, centred, norm * norm);
    }
    return withCovariance(mean, Nd4j.gemm(centred, centred, true, false));
  }

  /**
   * @param mean {@code [features]}
   * @param covariance {@code [features, features]}
   */
  static FittedGaussian withCovariance(INDArray mean, INDArray covariance) {
    Lapack.Eigen eigen = Lapack.eigen(covariance);
    // What is negative is so by rounding: a covariance has no negative eigenvalue.
    double[] roots =
        Arrays.stream(eigen.values()).map(value -> Math.sqrt(Math.max(value, 0))).toArray();
    INDArray factor = eigen.vectors().muliColumnVector(Nd4j.createFromArray(roots));
    return new FittedGaussian(mean, factor, Arrays.stream(eigen.values()).sum());
  }
}
