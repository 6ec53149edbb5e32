package org.tim4j.objective.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;

/**
 * State of a training run beside its network's parameters. The arrays are the run's own: copy them
 * to keep them.
 *
 * @param step steps made
 * @param average moving average of the parameters, flat
 * @param optimizer state of the optimiser
 */
public record TrainerState(long step, INDArray average, OptimizerState optimizer) {
  /** The state before the first step: the average starts as a copy of the parameters. */
  public static TrainerState initial(TimNetwork network) {
    return new TrainerState(
        0, network.parameters().dup(), OptimizerState.initial(network.parameters()));
  }
}
