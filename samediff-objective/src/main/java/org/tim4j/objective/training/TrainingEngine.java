package org.tim4j.objective.training;

import java.util.List;
import java.util.Map;
import org.tim4j.layers.TimNetwork;

/** What makes the steps of a run. */
@FunctionalInterface
public interface TrainingEngine {
  /** One machine, in this process. */
  TrainingEngine LOCAL =
      (network, state, config, data, listeners) ->
          new TransitionTrainer(network, config, data, listeners, state).train();

  /**
   * Makes the steps that are left.
   *
   * @param network trained in place
   * @param state the state that belongs to the network; becomes the engine's own
   */
  void train(
      TimNetwork network,
      TrainerState state,
      TrainingConfig config,
      TrainingData data,
      List<TrainingListener> listeners);

  /** Where the time of the training went, by name; empty if there is nothing to tell. */
  default Map<String, Double> seconds() {
    return Map.of();
  }
}
