package org.tim4j.objective.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.backend.FusedSupport;
import org.tim4j.layers.base.TimRuntime;

/** One update of all parameters of a network, and of their moving average, in place. */
public interface Optimizer {
  /**
   * Clips the gradient, updates the parameters, then moves the average towards them: {@code average
   * = decay · average + (1 − decay) · parameters}.
   *
   * @param parameters flat parameters, changed in place
   * @param gradient gradient of the same length; not changed
   * @param average moving average of the same length, changed in place
   * @param decay in [0, 1]
   * @return the norm of the gradient before clipping; where it is not finite, nothing was changed
   */
  double update(INDArray parameters, INDArray gradient, INDArray average, double decay);

  /** What must be saved, and given to a new optimiser, for training to go on as if unbroken. */
  OptimizerState state();

  /**
   * Returns AdamW as a network's runtime has it.
   *
   * @param settings learning rate, decays and clipping
   * @param state where to go on from; its arrays become the optimiser's own
   */
  static Optimizer of(TimRuntime runtime, AdamWSettings settings, OptimizerState state) {
    return runtime == TimRuntime.FUSED && FusedSupport.ofProcess()
        ? new FusedAdamW(settings, state)
        : new AdamW(settings, state);
  }
}
