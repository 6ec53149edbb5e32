package org.tim4j.objective.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.transport.Transport;

/**
 * The loss of the paper between a prediction f and its target f̂,
 *
 * <pre>
 *   d_b = mean((f - f̂)²) + directional part
 *   loss = mean over samples of w(t, r) · a_b · d_b,   a_b = 1 / (d_b + 1e-5)
 * </pre>
 *
 * with target, interval weight w and adaptive scale a constant for the gradient. Sums are taken in
 * double precision.
 *
 * @param weighting the interval weight
 * @param directional the cosine part of the distance
 * @param scale the adaptive scale, or none
 */
public record TransitionLoss(Weighting weighting, DirectionalPart directional, SampleScale scale) {
  public TransitionLoss {
    Require.present("weighting", weighting);
    Require.present("directional", directional);
    Require.present("scale", scale);
  }

  /** Returns the loss of the paper for images of so many channels. */
  public static TransitionLoss standard(int channels) {
    return new TransitionLoss(
        IntervalWeighting.standard(), DirectionalPart.forChannels(channels), SampleScale.ADAPTIVE);
  }

  /**
   * Computes the loss and its gradient with respect to the prediction.
   *
   * @param prediction {@code [batch, …]}, not changed
   * @param target the same shape, not changed
   * @throws NonFiniteException if prediction or target hold a number that is not finite
   */
  public TransitionLossValue evaluate(
      Transport transport, Intervals intervals, INDArray prediction, INDArray target) {
    Require.sameShape("the prediction", prediction, "the target", target);
    Require.oneForEachSample("t", intervals.t(), prediction);
    TransitionLossValue value =
        new Distance(directional, scale)
            .evaluate(prediction, target, weighting.weights(intervals, transport.sigmaData()));
    for (int i = 0; i < intervals.size(); i++) {
      if (!Double.isFinite(value.distance(i))) {
        throw new NonFiniteException(
            "the loss", i, intervals.t()[i], intervals.r()[i], transport.name());
      }
    }
    return value;
  }
}
