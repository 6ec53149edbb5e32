package org.tim4j.objective.transport;

import org.tim4j.layers.base.Require;

/**
 * Variance-preserving diffusion: {@code x_t = exp(-l/2) x + sqrt(1 - exp(-l)) ε} with {@code l(t) =
 * betaRange t²/2 + betaMin t}, predicting the noise (Song et al., "Score-based generative modeling
 * through stochastic differential equations", ICLR 2021).
 *
 * @param betaMin rate of noise at time 0; 0.1 by default
 * @param betaRange growth of the rate from time 0 to 1; 19.9 by default
 * @param tMin smallest time; 1e-5 by default
 * @param timesteps number T of discrete steps, {@code cNoise = (T - 1) t}; 1000 by default
 * @param sigmaData standard deviation assumed by the interval weighting; 1 by default
 */
public record VpSde(double betaMin, double betaRange, double tMin, int timesteps, double sigmaData)
    implements Transport {
  private static final double LARGEST_EPSILON = 5e-5;

  public VpSde {
    Require.positive("betaMin", betaMin);
    Require.positive("betaRange", betaRange);
    Require.positive("tMin", tMin);
    Require.positive("1 - tMin", 1 - tMin);
    Require.atLeast("timesteps", timesteps, 2);
    Require.positive("sigmaData", sigmaData);
  }

  /** Returns the transport with its defaults. */
  public static VpSde standard() {
    return new VpSde(0.1, 19.9, 1e-5, 1000, 1);
  }

  @Override
  public PathCoefficients path(double t) {
    double l = integratedRate(t);
    double alpha = Math.exp(-l / 2);
    double sigma = Math.sqrt(-Math.expm1(-l));
    double halfRate = rate(t) / 2;
    return new PathCoefficients(alpha, sigma, -halfRate * alpha, halfRate * alpha * alpha / sigma);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    return new PredictionCoefficients(0, 1, 0, 0);
  }

  /**
   * With {@code b = σ / α = sqrt(exp(l) - 1)} and {@code b' = l' exp(l) / (2 b)}: {@code A = α_r /
   * α_t}, {@code B = α_r (b_r - b_t)}, {@code q = (b_t - b_r) / b_t'}.
   */
  @Override
  public TransitionCoefficients transition(double t, double r) {
    if (t == r) {
      return TransitionCoefficients.IDENTITY;
    }
    double lt = integratedRate(t);
    double lr = integratedRate(r);
    double bt = Math.sqrt(Math.expm1(lt));
    double br = Math.sqrt(Math.expm1(lr));
    double dbt = rate(t) * Math.exp(lt) / (2 * bt);
    return new TransitionCoefficients(
        Math.exp((lt - lr) / 2), Math.exp(-lr / 2) * (br - bt), (bt - br) / dbt);
  }

  private double integratedRate(double t) {
    return betaRange * t * t / 2 + betaMin * t;
  }

  private double rate(double t) {
    return betaRange * t + betaMin;
  }

  @Override
  public double cNoise(double t) {
    return (timesteps - 1) * t;
  }

  @Override
  public double dCNoise(double t) {
    return timesteps - 1;
  }

  @Override
  public double tMax() {
    return 1;
  }

  @Override
  public TimeLaw timeLaw() {
    return new TimeLaw.Uniform(tMin, tMax());
  }

  @Override
  public boolean isDefinedAt(double t) {
    return t > 0 && Double.isFinite(t);
  }

  /**
   * At most 5e-5: {@link #cNoise} is 999 t, so the fastest sinusoid of the time embedding turns by
   * five radians over 0.005, and a difference of that width is wrong by its own size.
   */
  @Override
  public double safeEpsilon(double t) {
    return Math.min(LARGEST_EPSILON, t / 4);
  }
}
