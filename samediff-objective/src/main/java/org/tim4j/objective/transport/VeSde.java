package org.tim4j.objective.transport;

import org.tim4j.layers.base.Require;

/**
 * Variance-exploding diffusion: {@code x_t = x + t ε}, predicting <b>minus</b> the noise (Song et
 * al., "Score-based generative modeling through stochastic differential equations", ICLR 2021). The
 * state enters the network unscaled, and sampling starts from {@code tMax · N(0, I)}.
 *
 * @param tMin smallest standard deviation of the noise; 0.02 by default
 * @param tMax largest standard deviation of the noise; 100 by default
 * @param sigmaData standard deviation assumed by the interval weighting; 1 by default
 */
public record VeSde(double tMin, double tMax, double sigmaData) implements Transport {
  public VeSde {
    Require.positive("tMin", tMin);
    Require.positive("tMax - tMin", tMax - tMin);
    Require.positive("sigmaData", sigmaData);
  }

  /** Returns the transport with its defaults. */
  public static VeSde standard() {
    return new VeSde(0.02, 100, 1);
  }

  @Override
  public PathCoefficients path(double t) {
    return new PathCoefficients(1, t, 0, 1);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    return new PredictionCoefficients(0, -1, 0, 0);
  }

  /** {@code x_r = x_t + (t - r) f}. */
  @Override
  public TransitionCoefficients transition(double t, double r) {
    return new TransitionCoefficients(1, t - r, t - r);
  }

  /** {@code ln(t / 2)}. */
  @Override
  public double cNoise(double t) {
    return Math.log(t / 2);
  }

  @Override
  public double dCNoise(double t) {
    return 1 / t;
  }

  @Override
  public double priorScale() {
    return tMax;
  }

  @Override
  public TimeLaw timeLaw() {
    return new TimeLaw.LogUniform(tMin, tMax);
  }

  @Override
  public boolean isDefinedAt(double t) {
    return t > 0 && Double.isFinite(t);
  }

  /** A fixed part of t, so that {@link #cNoise} moves by 0.005. */
  @Override
  public double safeEpsilon(double t) {
    return 0.005 * t;
  }

  @Override
  public double[] defaultTimes(int steps) {
    return TimeGrid.logarithmic(tMax, tMin, steps);
  }
}
