package org.tim4j.objective.training;

import java.util.Optional;
import org.tim4j.objective.image.ImageDescription;

/** Where training batches come from. */
@FunctionalInterface
public interface TrainingData {
  /**
   * Returns the batch of a step: a pure function of its arguments, so that a resumed run sees the
   * data of an uninterrupted one.
   *
   * @param seed seed of the run
   * @param step step, counted from 0
   * @param batchSize number of examples wanted, positive
   */
  Examples batch(long seed, long step, int batchSize);

  /** What the examples are where they are images; a checkpoint keeps it with the model. */
  default Optional<ImageDescription> images() {
    return Optional.empty();
  }
}
