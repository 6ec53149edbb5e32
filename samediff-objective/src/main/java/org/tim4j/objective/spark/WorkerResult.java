package org.tim4j.objective.spark;

import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/**
 * An outcome as Deeplearning4j passes it on within a task; its results cannot be sent themselves,
 * because they are not serialisable.
 */
final class WorkerResult extends ParameterAveragingTrainingResult {
  private final WorkerOutcome outcome;

  WorkerResult(WorkerOutcome outcome) {
    super(outcome.parameters(), outcome.moments(), outcome.lastLoss(), null, null, null);
    this.outcome = outcome;
  }

  WorkerOutcome outcome() {
    return outcome;
  }
}
