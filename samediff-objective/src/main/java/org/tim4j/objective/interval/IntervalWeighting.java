package org.tim4j.objective.interval;

import org.tim4j.layers.base.Require;

/**
 * The weightings of the paper: functions of a distance δ between the two times.
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
    WeightForm form, double exponent, TimeWarp warp, IntervalMeasure measure) implements Weighting {
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

  @Override
  public double weight(double t, double r, double sigmaData) {
    double delta =
        switch (measure) {
          case T_MINUS_R -> warp.of(t) - warp.of(r);
          case T -> warp.of(t);
        };
    return switch (form) {
      case POWER -> Math.pow(delta + sigmaData, exponent);
      case SOFT_MIN_SNR -> 1 / (delta * delta + sigmaData * sigmaData);
    };
  }
}
