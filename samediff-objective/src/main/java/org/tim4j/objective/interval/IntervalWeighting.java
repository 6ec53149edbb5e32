package org.tim4j.objective.interval;

import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * Weight of a transition in the loss as a function of its interval.
 *
 * <p>The paper uses {@code (σ_d + tan t - tan r)^(-1/2)}, which is {@link #standard()}.
 *
 * @param form how the weight falls with δ
 * @param exponent exponent of {@link WeightForm#POWER}, any finite number: 0 weights all intervals
 *     alike, -1/2 is the paper's, -1 the reciprocal, -2 the inverse square; not used by other forms
 * @param warp map of both times
 * @param measure what δ is
 */
public record IntervalWeighting(
    WeightForm form, double exponent, TimeWarp warp, IntervalMeasure measure) {
  public IntervalWeighting {
    Require.present("form", form);
    Require.finite("exponent of the interval weighting", exponent);
    Require.present("warp", warp);
    Require.present("measure", measure);
  }

  /** Returns the weighting of the paper. */
  public static IntervalWeighting standard() {
    return power(-0.5, TimeWarp.TANGENT);
  }

  /** Returns the weighting that treats all intervals alike. */
  public static IntervalWeighting constant() {
    return power(0, TimeWarp.NONE);
  }

  /** Returns {@code (warp(t) - warp(r) + σ_d)^exponent}. */
  public static IntervalWeighting power(double exponent, TimeWarp warp) {
    return new IntervalWeighting(WeightForm.POWER, exponent, warp, IntervalMeasure.T_MINUS_R);
  }

  /**
   * Returns one weight for each sample; diffusion samples have weight 1.
   *
   * @param sigmaData {@code σ_d}, above 0; that of the transport in the paper
   * @throws InvalidInputException if a weight is not finite, because the warp does not fit the
   *     times
   */
  public double[] weights(Intervals intervals, double sigmaData) {
    Require.positive("sigmaData", sigmaData);
    double[] t = intervals.t();
    double[] r = intervals.r();
    double[] weights = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      weights[i] = i < intervals.diffusionCount() ? 1 : weight(t[i], r[i], sigmaData);
    }
    return weights;
  }

  private double weight(double t, double r, double sigmaData) {
    double delta =
        switch (measure) {
          case T_MINUS_R -> warp.of(t) - warp.of(r);
          case T -> warp.of(t);
        };
    double weight =
        switch (form) {
          case POWER -> Math.pow(delta + sigmaData, exponent);
          case SOFT_MIN_SNR -> 1 / (delta * delta + sigmaData * sigmaData);
        };
    if (!Double.isFinite(weight)) {
      throw new InvalidInputException(
          String.format(
              "the interval weight of t = %s, r = %s is %s; choose another warp or exponent",
              t, r, weight));
    }
    return weight;
  }
}
