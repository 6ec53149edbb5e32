package org.tim4j.tribuo.evaluation;

import java.util.Arrays;
import java.util.Locale;
import org.tim4j.tribuo.table.Table;

/**
 * α-precision and β-recall (Alaa et al., "How faithful is your synthetic data?", ICML 2022), with
 * the rows themselves as the embedding and the mean of the real ones as the centre.
 *
 * @param precision 1 if generated rows fill every ball around the centre as the real ones do: lower
 *     if they are too far out, or too typical
 * @param recall 1 if real rows have generated neighbours nearer than real ones, everywhere
 */
public record SupportCoverage(double precision, double recall) {
  private static final int STEPS = 30;

  /**
   * Compares two tables.
   *
   * @param real at least two rows
   * @param synthetic at least one row
   * @throws IllegalArgumentException if there are fewer
   */
  public static SupportCoverage of(Table real, Table synthetic) {
    if (real.rows() < 2 || synthetic.rows() < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Two real rows and a generated one are needed, found %d and %d.",
              real.rows(),
              synthetic.rows()));
    }
    RowSpace space = new RowSpace(real);
    RowSpace.Points x = space.points(real);
    RowSpace.Points y = space.points(synthetic);
    double[] realToCentre = sorted(x.toCentreOf(x));
    double[] syntheticToCentre = y.toCentreOf(x);
    double[] syntheticToOwn = y.toCentreOf(y);
    boolean[] covered = new boolean[x.count()];
    double[] closestToOwn = new double[x.count()];
    for (int row = 0; row < covered.length; row++) {
      RowSpace.Nearest generated = x.nearest(row, y, false);
      covered[row] = generated.distance() <= x.nearest(row, x, true).distance();
      closestToOwn[row] = syntheticToOwn[generated.row()];
    }
    double[] radii = sorted(closestToOwn);
    double precisionGap = 0;
    double recallGap = 0;
    double alphas = 0;
    for (int step = 0; step < STEPS; step++) {
      double alpha = step / (STEPS - 1.0);
      double radius = quantile(realToCentre, alpha);
      double reach = quantile(radii, alpha);
      double within =
          Arrays.stream(syntheticToCentre).filter(d -> d <= radius).count()
              / (double) syntheticToCentre.length;
      int recalled = 0;
      for (int row = 0; row < covered.length; row++) {
        recalled += covered[row] && closestToOwn[row] <= reach ? 1 : 0;
      }
      precisionGap += Math.abs(alpha - within);
      recallGap += Math.abs(alpha - recalled / (double) covered.length);
      alphas += alpha;
    }
    return new SupportCoverage(1 - precisionGap / alphas, 1 - recallGap / alphas);
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Interpolated between the values, as NumPy does. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
