package org.tim4j.objective.interval;

import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * Weight of a transition in the loss as a function of its times. {@link IntervalWeighting} holds
 * those of the paper; a weighting of one's own implements this as an immutable record.
 */
public interface Weighting {
  /**
   * Returns the weight of one transition with {@code r < t}, a finite number.
   *
   * @param t raw start time
   * @param r raw target time
   * @param sigmaData {@code σ_d}, above 0; that of the transport in the paper
   */
  double weight(double t, double r, double sigmaData);

  /**
   * Returns one weight for each sample; diffusion samples have weight 1.
   *
   * @param sigmaData {@code σ_d}, above 0; that of the transport in the paper
   * @throws InvalidInputException if a weight is not finite, because the weighting does not fit the
   *     times
   */
  default double[] weights(Intervals intervals, double sigmaData) {
    Require.positive("sigmaData", sigmaData);
    double[] t = intervals.t();
    double[] r = intervals.r();
    double[] weights = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      weights[i] = i < intervals.diffusionCount() ? 1 : weight(t[i], r[i], sigmaData);
      if (!Double.isFinite(weights[i])) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "the interval weight of t = %s, r = %s is %s; choose another warp or exponent",
                t[i],
                r[i],
                weights[i]));
      }
    }
    return weights;
  }
}
