package org.tim4j.objective.spark;

import org.tim4j.layers.base.InvalidInputException;

/**
 * Which worker a run is, and where it begins. Everything random that a worker draws is keyed by the
 * seed and {@link #drawOf}, so that a task that is run again makes the same steps.
 *
 * @param worker index of the partition, from 0 to {@code workers - 1}
 * @param workers number of workers of the round
 * @param firstStep first step of the round, counted from 0
 */
record WorkerShare(int worker, int workers, long firstStep) {
  WorkerShare {
    if (worker < 0 || worker >= workers) {
      throw new InvalidInputException(
          "partition "
              + worker
              + " was to be trained on by "
              + workers
              + " workers; give the training master data through fit or fitMultiDataSet, which share"
              + " them out");
    }
  }

  /**
   * Key of the draws of a step: different for every step and worker. A single worker has the key of
   * a run on one machine.
   */
  long drawOf(long step) {
    return step * workers + worker;
  }
}
