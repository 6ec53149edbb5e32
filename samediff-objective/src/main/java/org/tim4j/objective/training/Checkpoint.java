package org.tim4j.objective.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.layers.weights.ModelFolder;
import org.tim4j.layers.weights.ModelFolderWriter;
import org.tim4j.layers.weights.StoredState;
import org.tim4j.layers.weights.WeightSet;
import org.tim4j.objective.image.ImageDescription;

/**
 * A training run in a model folder: the network, its moving average, the settings and the state of
 * the optimiser. A run that goes on from it repeats an unbroken one.
 */
public final class Checkpoint {
  private static final StrictJson JSON = new StrictJson();
  private static final String FIRST_MOMENT = "optimizer.firstMoment";
  private static final String SECOND_MOMENT = "optimizer.secondMoment";

  private final ModelFolder folder;
  private final TrainingConfig config;
  private final StoredRun run;
  private final Map<String, INDArray> moments;

  private Checkpoint(
      ModelFolder folder, TrainingConfig config, StoredRun run, Map<String, INDArray> moments) {
    this.folder = folder;
    this.config = config;
    this.run = run;
    this.moments = moments;
  }

  /**
   * Saves a run, replacing one that is there; a reader sees the old run or the new one, whole.
   *
   * @throws InvalidInputException if the settings hold a type without a name, so that the run could
   *     not be opened again
   * @throws org.tim4j.layers.weights.ModelFolderException if the folder cannot be written, or holds
   *     something else
   */
  public static void save(Path path, TrainingProgress run) {
    TrainingJson settings = new TrainingJson();
    settings.requireReadable(run.config());
    TrainerState state = run.state();
    StoredRun stored =
        new StoredRun(
            settings.write(run.config()),
            state.step(),
            state.optimizer().updates(),
            run.images().orElse(null));
    new ModelFolderWriter(run.network())
        .average(state.average())
        .trainerState(
            new StoredState(
                JSON.tree(stored),
                Map.of(
                    FIRST_MOMENT, state.optimizer().firstMoment(),
                    SECOND_MOMENT, state.optimizer().secondMoment())))
        .write(path);
  }

  /**
   * Opens a saved run.
   *
   * @throws InvalidInputException if the folder holds a model without a training run
   * @throws org.tim4j.layers.base.TimException if the folder is damaged or no model
   */
  public static Checkpoint open(Path path) {
    ModelFolder folder = ModelFolder.open(path);
    StoredState stored =
        folder
            .trainerState()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        path + " holds a model but no training run; train a new one"));
    StoredRun run = JSON.read(path.toString(), stored.values(), StoredRun.class);
    return new Checkpoint(folder, new TrainingJson().read(run.training()), run, stored.tensors());
  }

  /** The settings of the run. */
  public TrainingConfig config() {
    return config;
  }

  /** What the model was trained on, if it is a model of images that says so. */
  public Optional<ImageDescription> images() {
    return Optional.ofNullable(run.images());
  }

  /** Steps made. */
  public long step() {
    return run.step();
  }

  /** Returns a new network whose parameters are the moving average: the one to sample with. */
  public TimNetwork averageNetwork() {
    return folder.network(WeightSet.AVERAGE);
  }

  /**
   * Makes a trainer that goes on.
   *
   * @param settings the run's own, perhaps with more steps
   * @param data the data of the run
   * @param listeners told of progress
   * @throws org.tim4j.layers.base.TimException if a file of the folder is damaged
   */
  public TransitionTrainer resume(
      TrainingConfig settings, TrainingData data, List<TrainingListener> listeners) {
    return new TransitionTrainer(trainedNetwork(), settings, described(data), listeners, state());
  }

  /** Data that do not say what they are are what the run was begun on. */
  private TrainingData described(TrainingData data) {
    if (data.images().isPresent() || run.images() == null) {
      return data;
    }
    return new TrainingData() {
      @Override
      public Examples batch(long seed, long step, int batchSize) {
        return data.batch(seed, step, batchSize);
      }

      @Override
      public Optional<ImageDescription> images() {
        return Checkpoint.this.images();
      }
    };
  }

  /**
   * Returns a new network with the trained parameters.
   *
   * @throws org.tim4j.layers.base.TimException if a file of the folder is damaged
   */
  public TimNetwork trainedNetwork() {
    return folder.network(WeightSet.TRAINED);
  }

  /**
   * Returns the state that belongs to {@link #trainedNetwork}, in new arrays.
   *
   * @throws org.tim4j.layers.base.TimException if a file of the folder is damaged
   */
  public TrainerState state() {
    INDArray average = averageNetwork().parameters();
    return new TrainerState(
        step(),
        average,
        new OptimizerState(
            run.updates(),
            moment(FIRST_MOMENT, average.length()),
            moment(SECOND_MOMENT, average.length())));
  }

  private INDArray moment(String name, long length) {
    INDArray moment = moments.get(name);
    if (moment == null || moment.length() != length) {
      throw new InvalidInputException(
          "the saved run has no "
              + name
              + " of "
              + length
              + " values; it belongs to another network, train a new one");
    }
    return moment.dup();
  }
}
