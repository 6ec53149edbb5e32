package org.tim4j.objective.derivative;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.transport.Transport;

/**
 * The total derivative along the path, {@code df/dt = ∇ₓf · dx_t/dt + ∂f/∂t}, with respect to the
 * raw start time and with the target time held fixed.
 */
@FunctionalInterface
public interface TimeDerivative {
  /**
   * Returns {@code df/dt} for each sample; the first {@code diffusionCount} samples are 0, because
   * their target does not depend on it.
   *
   * @return a new array of the shape of {@code batch.x()}
   */
  INDArray of(TransitionFunction f, Transport transport, TransitionBatch batch);
}
