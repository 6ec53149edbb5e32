package org.tim4j.cli.run;

import java.nio.file.Path;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.TrainingConfig;

/**
 * A trained model, ready to sample.
 *
 * @param run what it was trained on
 * @param training how it was trained
 * @param steps training steps made
 * @param parameters number of parameters
 * @param sampler samples with the moving average of the parameters
 */
public record TrainedModel(
    ImageDescription run,
    TrainingConfig training,
    long steps,
    long parameters,
    ClassSampler sampler) {
  /**
   * Opens the model of a run.
   *
   * @param folder the folder of a run, or the model folder within it
   * @throws org.tim4j.layers.base.TimException if it is no run, or damaged
   */
  public static TrainedModel open(Path folder) {
    Path given = folder.toAbsolutePath().normalize();
    RunFolder files = new RunFolder(given);
    if (given.endsWith(files.model().getFileName())) {
      files = new RunFolder(given.getParent());
    }
    ImageDescription run = files.read();
    Checkpoint checkpoint = Checkpoint.open(files.model());
    TimNetwork network = checkpoint.averageNetwork();
    return new TrainedModel(
        run,
        checkpoint.config(),
        checkpoint.step(),
        network.parameterCount(),
        new ClassSampler(network, checkpoint.config().transport(), run));
  }
}
