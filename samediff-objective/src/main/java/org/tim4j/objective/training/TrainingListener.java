package org.tim4j.objective.training;

/** Told of the progress of a {@link TransitionTrainer}; every method does nothing by default. */
public interface TrainingListener {
  /** Training is about to begin, or to go on, at the trainer's current step. */
  default void trainingStarted(TransitionTrainer trainer) {}

  /** A step was made; the trainer's network holds the new parameters. */
  default void stepDone(TransitionTrainer trainer, StepReport report) {}

  /** The last step was made. */
  default void trainingEnded(TransitionTrainer trainer) {}
}
