package org.tim4j.objective.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The steps of a run and what listeners are told of them. */
public final class TrainingLoop {
  private TrainingLoop() {}

  /**
   * Makes steps until the last one is made, a stop is asked for, or the thread is interrupted.
   *
   * @param stopping set when a stop is asked for; unset at the end
   * @param steps makes a step, or several, and returns what they did
   */
  public static void run(
      List<TrainingListener> listeners,
      TrainingProgress run,
      AtomicBoolean stopping,
      Supplier<List<StepReport>> steps) {
    boolean interrupted = false;
    try {
      listeners.forEach(listener -> listener.trainingStarted(run));
      while (run.stepsMade() < run.config().steps() && !interrupted && !stopping.get()) {
        for (StepReport report : steps.get()) {
          listeners.forEach(listener -> listener.stepDone(run, report));
        }
        // Listeners write files at the end, which an interrupted thread cannot.
        interrupted = Thread.interrupted();
      }
      listeners.forEach(listener -> listener.trainingEnded(run));
    } finally {
      stopping.set(false);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
