package org.tim4j.objective.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * The regression target of a state transition,
 *
 * <pre>
 *   f̂ = α̂ x + σ̂ ε + q(t, r) (α̂' x + σ̂' ε - df/dt),   q = B / (∂B/∂t).
 * </pre>
 *
 * It follows from differentiating {@code x_r = A x_t + B f} along the path while {@code x_r} stays
 * fixed; its expectation over the pairs (x, ε) that meet in {@code x_t} is the exact prediction. It
 * is a constant for the gradient.
 */
public final class StateTransitionTarget {
  private StateTransitionTarget() {}

  /**
   * Returns the target.
   *
   * @param timeDerivative {@code df/dt}, the shape of {@code batch.x()}, not changed
   * @return a new array of the shape of {@code batch.x()}
   */
  public static INDArray of(Transport transport, TransitionBatch batch, INDArray timeDerivative) {
    Require.sameShape("x", batch.x(), "the time derivative", timeDerivative);
    double[] t = batch.intervals().t();
    double[] r = batch.intervals().r();
    double[] data = new double[t.length];
    double[] noise = new double[t.length];
    double[] derivative = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      PredictionCoefficients p = transport.prediction(t[i]);
      double q = transport.transition(t[i], r[i]).q();
      data[i] = p.alphaHat() + q * p.dAlphaHat();
      noise[i] = p.sigmaHat() + q * p.dSigmaHat();
      derivative[i] = -q;
    }
    return SampleWise.combine(data, batch.x(), noise, batch.noise())
        .addi(SampleWise.scale(derivative, timeDerivative));
  }
}
