package org.tim4j.objective.training;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tim4j.layers.base.Require;

/**
 * Saves a {@link Checkpoint} every so many steps, or as soon after as there is a state to save, and
 * at the end. Where no model stands yet, one is saved at the start as well and opened again, so
 * that a folder that cannot be written or read is found before the first step. Settings that could
 * not be read again are refused then, too, and leave no folder.
 */
public final class CheckpointListener implements TrainingListener {
  private final Path folder;
  private final int interval;
  private long due;

  /**
   * @param folder where each save replaces the one before
   * @param interval steps between saves, at least 1
   */
  public CheckpointListener(Path folder, int interval) {
    this.folder = Require.present("folder", folder);
    this.interval = Require.atLeast("the interval between checkpoints", interval, 1);
  }

  @Override
  public void trainingStarted(TrainingProgress run) {
    new TrainingJson().requireReadable(run.config());
    if (!Files.exists(folder)) {
      save(run);
      Checkpoint.open(folder);
    }
    due = nextAfter(run.stepsMade());
  }

  @Override
  public void stepDone(TrainingProgress run, StepReport report) {
    long made = run.stepsMade();
    boolean current = report.step() + 1 == made;
    if (current && made >= due && made < run.config().steps()) {
      save(run);
      due = nextAfter(made);
    }
  }

  private long nextAfter(long step) {
    return (step / interval + 1) * interval;
  }

  @Override
  public void trainingEnded(TrainingProgress run) {
    save(run);
  }

  private void save(TrainingProgress run) {
    Uninterrupted.run(() -> Checkpoint.save(folder, run));
  }
}
