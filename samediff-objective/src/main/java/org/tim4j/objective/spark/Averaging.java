package org.tim4j.objective.spark;

import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * How training is shared out.
 *
 * @param workers tasks that train at the same time; at most as many as the cluster has cores for
 * @param frequency steps that a worker makes between two averagings, at least 1
 */
public record Averaging(int workers, int frequency) {
  public Averaging {
    Require.atLeast("workers", workers, 1);
    Require.atLeast("the averaging frequency", frequency, 1);
  }

  /**
   * Returns the examples of a worker's step.
   *
   * @param batchSize examples of a step of all workers together
   * @throws InvalidInputException if they cannot be shared out evenly
   */
  int batchOfWorker(int batchSize) {
    if (batchSize % workers != 0) {
      throw new InvalidInputException(
          "a batch of "
              + batchSize
              + " examples cannot be shared evenly by "
              + workers
              + " workers; give a batchSize that is a multiple of "
              + workers);
    }
    return batchSize / workers;
  }
}
