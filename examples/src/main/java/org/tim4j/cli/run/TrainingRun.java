package org.tim4j.cli.run;

import java.util.List;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;
import org.tim4j.layers.weights.ModelFolder;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.CheckpointListener;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.objective.training.TrainerState;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;
import org.tim4j.objective.training.TrainingEngine;
import org.tim4j.objective.training.TrainingListener;
import org.tim4j.objective.training.TrainingProgress;

/** Trains a model on images into a folder, from the start or from the folder's checkpoint. */
public final class TrainingRun {
  private final RunFolder folder;
  private final ImageDescription description;
  private final RunSettings settings;
  private final int checkpointInterval;
  private final TrainingEngine engine;

  /**
   * @param folder where the run leaves its files
   * @param description what it trains on
   * @param settings what it trains
   * @param checkpointInterval steps between checkpoints, at least 1
   * @param engine what makes the steps
   * @throws InvalidInputException if the network cannot take the images
   */
  public TrainingRun(
      RunFolder folder,
      ImageDescription description,
      RunSettings settings,
      int checkpointInterval,
      TrainingEngine engine) {
    settings.requireFits(description.shape(), description.classNames().size());
    if (checkpointInterval < 1) {
      throw new InvalidInputException(
          "a checkpoint every "
              + checkpointInterval
              + " steps is impossible; give at least 1 step between checkpoints");
    }
    this.folder = folder;
    this.description = description;
    this.settings = settings;
    this.checkpointInterval = checkpointInterval;
    this.engine = engine;
  }

  /**
   * Trains from the start.
   *
   * @param images what to train on
   * @return the figures of all steps
   * @throws InvalidInputException if the folder holds a model already
   */
  public LossLog start(ImageSet images) {
    if (folder.hasModel()) {
      throw new InvalidInputException(
          folder.folder()
              + " holds a model already; give --resume to go on training it, or another --out");
    }
    TimNetwork network = TimNetwork.create(settings.network(), settings.training().seed());
    folder.begin(description);
    return train(
        network, TrainerState.initial(network), InMemoryData.of(description.data(), images));
  }

  /**
   * Goes on from the folder's checkpoint.
   *
   * @param images what the run was started on
   * @return the figures of all steps, those made before included
   * @throws InvalidInputException if the run was started on other data or with other settings
   */
  public LossLog resume(ImageSet images) {
    Checkpoint checkpoint = Checkpoint.open(folder.model());
    TrainingConfig training = settings.training();
    TrainingConfig before = checkpoint.config().toBuilder().steps(training.steps()).build();
    if (!checkpoint.images().orElseGet(folder::read).equals(description)
        || !before.equals(training)
        || !ModelFolder.open(folder.model()).config().equals(settings.network())) {
      throw new InvalidInputException(
          "the run in "
              + folder.folder()
              + " was started on other data or with other settings; give the same --data, --seed"
              + " and --set to go on");
    }
    if (checkpoint.step() > training.steps()) {
      throw new InvalidInputException(
          "the run in "
              + folder.folder()
              + " has made "
              + checkpoint.step()
              + " steps already; give a larger --steps than "
              + training.steps());
    }
    return train(
        checkpoint.trainedNetwork(),
        checkpoint.state(),
        InMemoryData.of(description.data(), images));
  }

  private LossLog train(TimNetwork network, TrainerState state, TrainingData data) {
    LossLog log = new LossLog(folder.log(), checkpointInterval);
    StepCount made = new StepCount();
    try (Progress progress = new Progress()) {
      GracefulEnd.run(
          () ->
              engine.train(
                  network,
                  state,
                  settings.training(),
                  data,
                  List.of(
                      progress,
                      log,
                      made,
                      new CheckpointListener(folder.model(), checkpointInterval))));
    }
    if (made.steps < settings.training().steps()) {
      Thread.interrupted(); // Answered by the error.
      throw new TimException(
          "training was stopped after "
              + made.steps
              + " of "
              + settings.training().steps()
              + " steps; its checkpoint is written, give --resume to go on");
    }
    return log;
  }

  /** Steps behind the last checkpoint. */
  private static final class StepCount implements TrainingListener {
    private long steps;

    @Override
    public void trainingEnded(TrainingProgress run) {
      steps = run.stepsMade();
    }
  }
}
