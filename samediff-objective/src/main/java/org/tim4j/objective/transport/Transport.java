package org.tim4j.objective.transport;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.array.SampleWise;

/**
 * A path {@code x_t = α(t) x + σ(t) ε} between data and noise, and what the network predicts on it.
 *
 * <p>Times are raw (the network sees {@link #cNoise} of them). Implementations are immutable. A new
 * transport gives its path, its prediction and its times; the transition follows from these by the
 * general identity, and a closed form may replace it.
 */
public interface Transport {
  /** Name used in messages. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Returns α, σ and their derivatives at a time where {@link #isDefinedAt} holds. */
  PathCoefficients path(double t);

  /** Returns the factors of data and noise in the prediction, and their derivatives. */
  PredictionCoefficients prediction(double t);

  /**
   * Returns the coefficients of the transition from {@code t} to {@code r}.
   *
   * <p>General identity: with {@code D(t) = σ̂ α - α̂ σ}, solving path and prediction for data and
   * noise and mixing these again at r gives
   *
   * <pre>
   *   A(t, r) = (α(r) σ̂(t) - σ(r) α̂(t)) / D(t)
   *   B(t, r) = (σ(r) α(t) - α(r) σ(t)) / D(t)
   *   q(t, r) = B / (∂B/∂t)
   * </pre>
   */
  default TransitionCoefficients transition(double t, double r) {
    if (t == r) {
      return TransitionCoefficients.IDENTITY;
    }
    PathCoefficients from = path(t);
    PathCoefficients to = path(r);
    PredictionCoefficients p = prediction(t);
    double det = p.sigmaHat() * from.alpha() - p.alphaHat() * from.sigma();
    double dDet =
        p.dSigmaHat() * from.alpha()
            + p.sigmaHat() * from.dAlpha()
            - p.dAlphaHat() * from.sigma()
            - p.alphaHat() * from.dSigma();
    double a = (to.alpha() * p.sigmaHat() - to.sigma() * p.alphaHat()) / det;
    double b = (to.sigma() * from.alpha() - to.alpha() * from.sigma()) / det;
    double db = (to.sigma() * from.dAlpha() - to.alpha() * from.dSigma() - b * dDet) / det;
    return new TransitionCoefficients(a, b, b / db);
  }

  /** Returns the number through which the network sees time {@code t}. */
  double cNoise(double t);

  /** Returns the derivative of {@link #cNoise} at {@code t}. */
  double dCNoise(double t);

  /** Smallest time: where sampling ends. */
  double tMin();

  /** Largest time: where sampling starts. */
  double tMax();

  /** Standard deviation of the data assumed by the interval weighting. */
  double sigmaData();

  /** Standard deviation of the state at {@link #tMax}: sampling starts from this times N(0, I). */
  default double priorScale() {
    return 1;
  }

  /** Factor that data of unit standard deviation are multiplied by before they enter the path. */
  default double dataScale() {
    return 1;
  }

  /** The law of training times. */
  TimeLaw timeLaw();

  /** Whether path, prediction and {@link #cNoise} are finite at {@code t}. */
  default boolean isDefinedAt(double t) {
    return Double.isFinite(t);
  }

  /** Half width of the finite difference in time that is accurate around {@code t}. */
  default double safeEpsilon(double t) {
    return 0.005;
  }

  /** Returns {@code steps + 1} sampling times from {@link #tMax} down to {@link #tMin}. */
  default double[] defaultTimes(int steps) {
    return TimeGrid.linear(tMax(), tMin(), steps);
  }

  /**
   * Returns {@code x_t = α(t) x + σ(t) ε}.
   *
   * @param x data, {@code [batch, …]}, not changed
   * @param noise the same shape, not changed
   * @param t one time for each sample
   */
  default INDArray interpolate(INDArray x, INDArray noise, double[] t) {
    return SampleWise.combine(
        each(t, time -> path(time).alpha()), x, each(t, time -> path(time).sigma()), noise);
  }

  /**
   * Returns the velocity {@code dx_t/dt = α'(t) x + σ'(t) ε}.
   *
   * @param x data, {@code [batch, …]}, not changed
   * @param noise the same shape, not changed
   * @param t one time for each sample
   */
  default INDArray velocity(INDArray x, INDArray noise, double[] t) {
    return SampleWise.combine(
        each(t, time -> path(time).dAlpha()), x, each(t, time -> path(time).dSigma()), noise);
  }

  /**
   * Returns {@code x_r = A(t, r) x_t + B(t, r) f}.
   *
   * @param xt state at time t, {@code [batch, …]}, not changed
   * @param f prediction of the network for (t, r), the same shape, not changed
   * @param t one start time for each sample
   * @param r one target time for each sample
   */
  default INDArray transit(INDArray xt, INDArray f, double[] t, double[] r) {
    Require.oneForEachSample("t", t, xt);
    Require.oneForEachSample("r", r, xt);
    TransitionCoefficients[] steps =
        IntStream.range(0, t.length)
            .mapToObj(i -> transition(t[i], r[i]))
            .toArray(TransitionCoefficients[]::new);
    double[] a = new double[t.length];
    double[] b = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      a[i] = steps[i].a();
      b[i] = steps[i].b();
    }
    return SampleWise.combine(a, xt, b, f);
  }

  /**
   * Returns the state at r after a step that replaces part of the noise by fresh noise.
   *
   * @param xt state at time t, {@code [batch, …]}, not changed
   * @param f prediction of the network for (t, r), the same shape, not changed
   * @param t one start time for each sample
   * @param r one target time for each sample
   * @param ratio strength of the fresh noise; 0 is {@link #transit}
   * @param noise fresh standard normal noise, the same shape, not changed
   * @throws InvalidInputException if this transport has no stochastic step
   */
  default INDArray stochasticTransit(
      INDArray xt, INDArray f, double[] t, double[] r, double ratio, INDArray noise) {
    throw new InvalidInputException(
        name() + " has no stochastic step; sample with stochasticity 0 or use OtFlowMatching");
  }

  private static double[] each(double[] t, DoubleUnaryOperator coefficient) {
    return Arrays.stream(t).map(coefficient).toArray();
  }
}
