package org.tim4j.objective.transport;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.array.SampleWise;

/**
 * Optimal-transport flow matching: {@code x_t = (1 - t) x + t ε}, predicting the velocity {@code ε
 * - x} (Lipman et al., "Flow matching for generative modeling", ICLR 2023).
 *
 * @param timeLaw law of training times; logit-normal with mean 0 and std 1 by default
 * @param sigmaData standard deviation assumed by the interval weighting; 1 by default
 */
public record OtFlowMatching(TimeLaw timeLaw, double sigmaData) implements Transport {
  public OtFlowMatching {
    Require.present("the time law", timeLaw);
    Require.positive("sigmaData", sigmaData);
  }

  /** Returns the transport with its defaults. */
  public static OtFlowMatching standard() {
    return new OtFlowMatching(new TimeLaw.LogitNormal(0, 1), 1);
  }

  @Override
  public PathCoefficients path(double t) {
    return new PathCoefficients(1 - t, t, -1, 1);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    return new PredictionCoefficients(-1, 1, 0, 0);
  }

  /** {@code x_r = x_t - (t - r) f}. */
  @Override
  public TransitionCoefficients transition(double t, double r) {
    return new TransitionCoefficients(1, r - t, t - r);
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

  @Override
  public double tMax() {
    return 1;
  }

  /**
   * One step of the reverse SDE with diffusion {@code 2 ratio t}: with {@code Δ = t - r} and the
   * estimate {@code e = x_t + (1 - t) f} of the noise,
   *
   * <pre>
   *   x_r = x_t - Δ f - ratio Δ e + sqrt(2 ratio t Δ) N(0, I).
   * </pre>
   */
  @Override
  public INDArray stochasticTransit(
      INDArray xt, INDArray f, double[] t, double[] r, double ratio, INDArray noise) {
    Require.oneForEachSample("t", t, xt);
    Require.oneForEachSample("r", r, xt);
    double[] ofState = new double[t.length];
    double[] ofPrediction = new double[t.length];
    double[] ofNoise = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      double step = t[i] - r[i];
      ofState[i] = 1 - ratio * step;
      ofPrediction[i] = -step - ratio * step * (1 - t[i]);
      ofNoise[i] = Math.sqrt(2 * ratio * t[i] * step);
    }
    return SampleWise.combine(ofState, xt, ofPrediction, f).addi(SampleWise.scale(ofNoise, noise));
  }
}
