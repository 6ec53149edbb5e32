package org.tim4j.objective.transport;

import org.tim4j.layers.base.Require;

/**
 * TrigFlow: {@code x_t = cos(t) x + sin(t) ε}, predicting the velocity (Lu and Song, "Simplifying,
 * stabilizing and scaling continuous-time consistency models", 2024). Data and prediction are not
 * divided by {@code sigmaData}.
 *
 * @param timeLaw law of training times; arctan of log-normal(-1, 1.6) by default
 * @param sigmaData standard deviation assumed by the interval weighting; 0.5 by default
 */
public record TrigFlow(TimeLaw timeLaw, double sigmaData) implements Transport {
  public TrigFlow {
    Require.present("the time law", timeLaw);
    Require.positive("sigmaData", sigmaData);
  }

  /** Returns the transport with its defaults. */
  public static TrigFlow standard() {
    return new TrigFlow(new TimeLaw.ArctanLogNormal(-1, 1.6), 0.5);
  }

  @Override
  public PathCoefficients path(double t) {
    double cos = Math.cos(t);
    double sin = Math.sin(t);
    return new PathCoefficients(cos, sin, -sin, cos);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    double cos = Math.cos(t);
    double sin = Math.sin(t);
    return new PredictionCoefficients(-sin, cos, -cos, -sin);
  }

  /** {@code x_r = cos(t - r) x_t - sin(t - r) f}. */
  @Override
  public TransitionCoefficients transition(double t, double r) {
    return new TransitionCoefficients(Math.cos(t - r), -Math.sin(t - r), Math.tan(t - r));
  }

  @Override
  public double cNoise(double t) {
    return t;
  }

  @Override
  public double dCNoise(double t) {
    return 1;
  }

  @Override
  public double tMin() {
    return 0;
  }

  /** Just below π/2, where the tangent in the target would be infinite. */
  @Override
  public double tMax() {
    return 1.57;
  }
}
