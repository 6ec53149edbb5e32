package org.tim4j.objective.transport;

import org.tim4j.layers.base.Require;

/**
 * EDM as in the code published with the paper, for weights that were trained by it.
 *
 * <p>Its path is that of {@link Edm}, but its transition is that of a path which is {@code
 * sigmaData} times larger. The two agree only when {@code sigmaData} is 1; otherwise even an exact
 * prediction does not map {@code x_t} to {@code x_r}, and samples have the wrong mean. Use {@link
 * Edm} for everything new.
 *
 * @param edm path, prediction and times
 */
public record EdmOfficial(Edm edm) implements Transport {
  public EdmOfficial {
    Require.present("edm", edm);
  }

  /** Returns the transport with its defaults. */
  public static EdmOfficial standard() {
    return new EdmOfficial(Edm.standard());
  }

  @Override
  public PathCoefficients path(double t) {
    return edm.path(t);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    return edm.prediction(t);
  }

  /**
   * With {@code m = σ_d³ + t²}: {@code A = (σ_d³ + t r) s_t / (s_r m)}, {@code B = σ_d² (t - r) s_t
   * / (s_r m)}, {@code q = (t - r) s_t² m / (s_t² m - 2 t (t - r) s_t² + t (t - r) m)}.
   */
  @Override
  public TransitionCoefficients transition(double t, double r) {
    if (t == r) {
      return TransitionCoefficients.IDENTITY;
    }
    double square = sigmaData() * sigmaData();
    double cube = square * sigmaData();
    double m = cube + t * t;
    double st2 = t * t + square;
    double ratio = Math.sqrt(st2 / (r * r + square)) / m;
    double dt = t - r;
    return new TransitionCoefficients(
        (cube + t * r) * ratio,
        square * dt * ratio,
        dt * st2 * m / (st2 * m - 2 * t * dt * st2 + t * dt * m));
  }

  @Override
  public double cNoise(double t) {
    return edm.cNoise(t);
  }

  @Override
  public double dCNoise(double t) {
    return edm.dCNoise(t);
  }

  @Override
  public double tMin() {
    return edm.tMin();
  }

  @Override
  public double tMax() {
    return edm.tMax();
  }

  @Override
  public double sigmaData() {
    return edm.sigmaData();
  }

  @Override
  public TimeLaw timeLaw() {
    return edm.timeLaw();
  }

  @Override
  public boolean isDefinedAt(double t) {
    return edm.isDefinedAt(t);
  }

  @Override
  public double safeEpsilon(double t) {
    return edm.safeEpsilon(t);
  }

  @Override
  public double[] defaultTimes(int steps) {
    return edm.defaultTimes(steps);
  }
}
