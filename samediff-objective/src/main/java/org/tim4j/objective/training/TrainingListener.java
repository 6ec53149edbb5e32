package org.tim4j.objective.training;

/** Told of the progress of a run; every method does nothing by default. */
public interface TrainingListener {
  /** Training is about to begin, or to go on, at its current step. */
  default void trainingStarted(TrainingProgress run) {}

  /** A step was made; the network holds the new parameters. */
  default void stepDone(TrainingProgress run, StepReport report) {}

  /** The last step was made, or training was stopped before it; see {@link TrainingProgress}. */
  default void trainingEnded(TrainingProgress run) {}
}
