package org.tim4j.objective.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, section 2). A set's manifold is
 * estimated by balls around its points that reach to their k-th nearest neighbour in the set.
 *
 * @param precision share of generated examples inside the manifold of the real ones, 0 to 1:
 *     fidelity
 * @param recall share of real examples inside the manifold of the generated ones, 0 to 1: coverage
 */
public record PrecisionRecall(double precision, double recall) {
  /** Neighbourhood size recommended by the paper. */
  public static final int DEFAULT_NEIGHBOURS = 3;

  /**
   * Measures two sets of features.
   *
   * @param real {@code [n, features]}, n above {@code neighbours}
   * @param generated {@code [m, features]}, m above {@code neighbours}
   * @param neighbours k, at least 1
   * @throws InvalidInputException if a set is not a matrix, too small or not finite, or if the
   *     widths differ
   */
  public static PrecisionRecall of(INDArray real, INDArray generated, int neighbours) {
    if (neighbours < 1) {
      throw new InvalidInputException(
          neighbours + " neighbours make no manifold; at least 1 is needed");
    }
    Features a = Features.of("real", real, neighbours + 1);
    Features b = Features.of("generated", generated, neighbours + 1);
    a.requireSameWidth(b);
    return new PrecisionRecall(
        shareInside(b, a, squaredRadii(a, neighbours)),
        shareInside(a, b, squaredRadii(b, neighbours)));
  }

  private static double[] squaredRadii(Features set, int neighbours) {
    double[] radii = new double[set.count()];
    set.rowNumbers()
        .forEach(
            row -> {
              double[] distances = set.squaredDistances(row, set);
              distances[row] = Double.POSITIVE_INFINITY;
              radii[row] = distances[Smallest.indices(distances, neighbours)[neighbours - 1]];
            });
    return radii;
  }

  private static double shareInside(Features points, Features manifold, double[] squaredRadii) {
    long inside =
        points
            .rowNumbers()
            .filter(
                row -> {
                  double[] distances = points.squaredDistances(row, manifold);
                  for (int i = 0; i < distances.length; i++) {
                    if (distances[i] <= squaredRadii[i]) {
                      return true;
                    }
                  }
                  return false;
                })
            .count();
    return (double) inside / points.count();
  }
}
