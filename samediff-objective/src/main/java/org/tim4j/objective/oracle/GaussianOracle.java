package org.tim4j.objective.oracle;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * The exact prediction for data whose elements are independent N(mean, std²).
 *
 * <p>The state at time t is N(α mean, V) with {@code V(t) = α² std² + σ²}, and the probability-flow
 * ODE keeps its standardised value:
 *
 * <pre>
 *   x_r = α_r mean + sqrt(V_r / V_t) (x_t - α_t mean)
 * </pre>
 *
 * so that the exact prediction {@code f* = (x_r - A x_t) / B} is linear in the state. The transport
 * must satisfy the identity between path and transition, which every transport does but {@link
 * org.tim4j.objective.transport.EdmOfficial}.
 *
 * @param mean mean of each element of the data on the scale of the path
 * @param std standard deviation of each element, above 0
 * @param transport the path
 */
public record GaussianOracle(double mean, double std, Transport transport)
    implements TransitionFunction {
  public GaussianOracle {
    Require.finite("mean", mean);
    Require.positive("std", std);
    Require.present("transport", transport);
  }

  /** Returns {@code f*(x, t, r)}; the condition is not looked at. */
  @Override
  public INDArray apply(INDArray x, double[] t, double[] r, INDArray condition) {
    double[] slope = new double[t.length];
    double[] offset = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      ExactPrediction exact = exact(t[i], r[i]);
      slope[i] = exact.slope();
      offset[i] = exact.offset();
    }
    return affine(slope, x, offset);
  }

  /**
   * Returns {@code d(f*)/dt} along the flow through {@code x}, with r fixed: the derivative along
   * the expected velocity of all pairs of data and noise that meet in {@code x}.
   *
   * @param x state at time t, {@code [batch, …]}, not changed
   */
  public INDArray timeDerivative(INDArray x, double[] t, double[] r) {
    double[] slope = new double[t.length];
    double[] offset = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      ExactPrediction exact = exact(t[i], r[i]);
      slope[i] = exact.flowSlope();
      offset[i] = exact.flowOffset();
    }
    return affine(slope, x, offset);
  }

  /** Returns the state at time r of the flow that is in {@code x} at time t. */
  public INDArray flow(INDArray x, double[] t, double[] r) {
    double[] slope = new double[t.length];
    double[] offset = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      slope[i] = Math.sqrt(variance(r[i]) / variance(t[i]));
      offset[i] = (transport.path(r[i]).alpha() - slope[i] * transport.path(t[i]).alpha()) * mean;
    }
    return affine(slope, x, offset);
  }

  /** Returns the expected data given the state: {@code mean + α std² / V · (x - α mean)}. */
  public INDArray expectedData(INDArray x, double[] t) {
    double[] slope = new double[t.length];
    double[] offset = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      double alpha = transport.path(t[i]).alpha();
      slope[i] = alpha * std * std / variance(t[i]);
      offset[i] = mean - slope[i] * alpha * mean;
    }
    return affine(slope, x, offset);
  }

  /** Returns the expected noise given the state: {@code σ / V · (x - α mean)}. */
  public INDArray expectedNoise(INDArray x, double[] t) {
    double[] slope = new double[t.length];
    double[] offset = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      PathCoefficients path = transport.path(t[i]);
      slope[i] = path.sigma() / variance(t[i]);
      offset[i] = -slope[i] * path.alpha() * mean;
    }
    return affine(slope, x, offset);
  }

  /** Mean of the state at time t. */
  public double mean(double t) {
    return transport.path(t).alpha() * mean;
  }

  /** Variance of the state at time t. */
  public double variance(double t) {
    PathCoefficients path = transport.path(t);
    return path.alpha() * path.alpha() * std * std + path.sigma() * path.sigma();
  }

  private ExactPrediction exact(double t, double r) {
    return ExactPrediction.of(this, t, r);
  }

  private static INDArray affine(double[] slope, INDArray x, double[] offset) {
    return SampleWise.combine(slope, x, offset, x.ulike().assign(1));
  }
}
