package org.tim4j.objective.training;

import java.util.Optional;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.image.ImageDescription;

/** A training run as its listeners see it: on one machine or on a cluster. */
public interface TrainingProgress {
  /** The settings of the run. */
  TrainingConfig config();

  /** The network in training, with the parameters after {@link #stepsMade} steps. */
  TimNetwork network();

  /** What must be saved beside the network's parameters for training to go on. */
  TrainerState state();

  /**
   * Steps behind the network's parameters. Where several steps are made before anybody can look,
   * this is larger than the step that a listener is told of, counted from 1, but for the last.
   */
  long stepsMade();

  /** What the examples are where they are images. */
  default Optional<ImageDescription> images() {
    return Optional.empty();
  }

  /** Returns a new network whose parameters are the moving average: the one to sample with. */
  default TimNetwork averageNetwork() {
    TimNetwork copy = network().copy();
    copy.parameters().assign(state().average());
    return copy;
  }
}
