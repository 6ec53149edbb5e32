package org.tim4j.objective.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * State of {@link AdamW}.
 *
 * @param updates number of updates made
 * @param firstMoment running mean of the gradient, flat
 * @param secondMoment running mean of its square, flat
 */
public record OptimizerState(long updates, INDArray firstMoment, INDArray secondMoment) {
  /** The state before the first update. */
  public static OptimizerState initial(INDArray parameters) {
    return new OptimizerState(0, parameters.like(), parameters.like());
  }
}
