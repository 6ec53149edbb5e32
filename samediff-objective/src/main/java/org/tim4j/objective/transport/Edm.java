package org.tim4j.objective.transport;

import org.tim4j.layers.base.Require;

/**
 * EDM: {@code x_t = (x + t ε) / s(t)} with {@code s(t) = sqrt(t² + σ_d²)}, predicting the
 * preconditioned residual F (Karras et al., "Elucidating the design space of diffusion-based
 * generative models", NeurIPS 2022, table 1).
 *
 * <p>Input and target have unit variance when the data have standard deviation {@code sigmaData},
 * so data of unit variance are multiplied by {@link #dataScale} first; a sample at a time close to
 * 0 is then on the scale of the original data, because {@code α(0) = 1 / σ_d}.
 *
 * @param timeLaw law of training times; log-normal(-1.2, 1.2) by default
 * @param sigmaData standard deviation σ_d of the data in the path; 0.5 by default
 */
public record Edm(TimeLaw timeLaw, double sigmaData) implements Transport {
  public Edm {
    Require.present("the time law", timeLaw);
    Require.positive("sigmaData", sigmaData);
  }

  /** Returns the transport with its defaults. */
  public static Edm standard() {
    return new Edm(new TimeLaw.LogNormal(-1.2, 1.2), 0.5);
  }

  @Override
  public PathCoefficients path(double t) {
    double s = scale(t);
    double cube = s * s * s;
    return new PathCoefficients(1 / s, t / s, -t / cube, sigmaData * sigmaData / cube);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    double s = scale(t);
    double cube = s * s * s;
    return new PredictionCoefficients(
        t / (sigmaData * s), -sigmaData / s, sigmaData / cube, sigmaData * t / cube);
  }

  /**
   * {@code A = (σ_d² + t r) / (s_t s_r)}, {@code B = σ_d (t - r) / (s_t s_r)}, {@code q = (t - r)
   * s_t² / (σ_d² + t r)}.
   */
  @Override
  public TransitionCoefficients transition(double t, double r) {
    if (t == r) {
      return TransitionCoefficients.IDENTITY;
    }
    double st = scale(t);
    double sr = scale(r);
    double inner = sigmaData * sigmaData + t * r;
    return new TransitionCoefficients(
        inner / (st * sr), sigmaData * (t - r) / (st * sr), (t - r) * st * st / inner);
  }

  private double scale(double t) {
    return Math.sqrt(t * t + sigmaData * sigmaData);
  }

  /** {@code ln(t) / 4}. */
  @Override
  public double cNoise(double t) {
    return Math.log(t) / 4;
  }

  @Override
  public double dCNoise(double t) {
    return 1 / (4 * t);
  }

  @Override
  public double tMin() {
    return 0.01;
  }

  @Override
  public double tMax() {
    return 80;
  }

  @Override
  public double dataScale() {
    return sigmaData;
  }

  @Override
  public boolean isDefinedAt(double t) {
    return t > 0 && Double.isFinite(t);
  }

  /** A fixed part of t, so that {@link #cNoise} moves by 0.005. */
  @Override
  public double safeEpsilon(double t) {
    return 0.02 * t;
  }

  @Override
  public double[] defaultTimes(int steps) {
    return TimeGrid.logarithmic(tMax(), tMin(), steps);
  }
}
