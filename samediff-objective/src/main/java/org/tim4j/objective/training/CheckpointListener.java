package org.tim4j.objective.training;

import java.nio.file.Path;
import org.tim4j.objective.array.Require;

/** Saves a {@link Checkpoint} every so many steps and at the end. */
public final class CheckpointListener implements TrainingListener {
  private final Path folder;
  private final int interval;

  /**
   * @param folder where each save replaces the one before
   * @param interval steps between saves, at least 1
   */
  public CheckpointListener(Path folder, int interval) {
    this.folder = Require.present("folder", folder);
    this.interval = Require.atLeast("the interval between checkpoints", interval, 1);
  }

  @Override
  public void stepDone(TransitionTrainer trainer, StepReport report) {
    if (trainer.stepsMade() % interval == 0 && trainer.stepsMade() < trainer.config().steps()) {
      Checkpoint.save(folder, trainer);
    }
  }

  @Override
  public void trainingEnded(TransitionTrainer trainer) {
    Checkpoint.save(folder, trainer);
  }
}
