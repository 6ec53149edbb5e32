package org.tim4j.objective.sampling;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The noise of the steps of stochastic sampling. */
@FunctionalInterface
public interface StepNoise {
  /**
   * Returns standard normal noise of the shape of the whole batch.
   *
   * @param step index of the step, from 0; not every step asks for noise
   */
  INDArray at(int step);
}
