package org.tim4j.objective.derivative;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.transport.Transport;

/**
 * The differential derivation equation (DDE) of the paper: the time derivative from predictions at
 * neighbouring points of the path,
 *
 * <pre>
 *   df/dt ≈ (f(x_{t+ε}, t+ε, r) - f(x_{t-ε}, t-ε, r)) / (2 ε),
 * </pre>
 *
 * of second order in ε. All predictions are made in one batched call. Where {@code t ± ε} lies
 * outside the times at which the transport is defined, a one-sided difference of three points, also
 * of second order, takes its place. Points may lie above the transport's largest time or below r,
 * which is harmless. Differences are taken in double precision.
 */
public final class FiniteDifference implements TimeDerivative {
  private final OptionalDouble epsilon;

  private FiniteDifference(OptionalDouble epsilon) {
    this.epsilon = epsilon;
  }

  /** Returns a difference whose half width is {@link Transport#safeEpsilon} of each time. */
  public static FiniteDifference standard() {
    return new FiniteDifference(OptionalDouble.empty());
  }

  /**
   * Returns a difference of the same half width everywhere; 0.005 in the paper.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if {@code epsilon} is not above 0
   */
  public static FiniteDifference withEpsilon(double epsilon) {
    return new FiniteDifference(OptionalDouble.of(Require.positive("epsilon", epsilon)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.tim4j.layers.base.InvalidInputException if no stencil fits at a time
   * @throws org.tim4j.objective.NonFiniteException if a derivative is not finite
   */
  @Override
  public INDArray of(TransitionFunction f, Transport transport, TransitionBatch batch) {
    DifferencePoints points = points(transport, batch.intervals());
    INDArray x = batch.x();
    if (points.count() == 0) {
      return x.ulike().assign(0);
    }
    double[] values = Doubles.of(predict(f, transport, batch, points));
    double[] derivative = new double[Math.toIntExact(x.length())];
    int length = derivative.length / batch.intervals().size();
    for (int p = 0; p < points.count(); p++) {
      int to = points.sample()[p] * length;
      double weight = points.weight()[p];
      for (int j = 0; j < length; j++) {
        derivative[to + j] += weight * values[p * length + j];
      }
    }
    INDArray result = Doubles.toArray(derivative, x);
    FiniteDerivative.require(result, transport, batch);
    return result;
  }

  /**
   * Returns where the function is evaluated.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if no stencil fits at a time
   */
  public DifferencePoints points(Transport transport, Intervals intervals) {
    return DifferencePoints.of(transport, intervals, epsilon);
  }

  private static INDArray predict(
      TransitionFunction f, Transport transport, TransitionBatch batch, DifferencePoints points) {
    int[] sample = points.sample();
    INDArray state =
        transport.interpolate(
            SampleWise.pick(batch.x(), sample),
            SampleWise.pick(batch.noise(), sample),
            points.time());
    INDArray condition =
        batch.condition() == null ? null : SampleWise.pick(batch.condition(), sample);
    return f.apply(state, points.time(), points.targets(batch.intervals()), condition);
  }
}
