package org.tim4j.objective.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.training.Checkpoint;
import org.tim4j.objective.training.TrainingConfig;

/**
 * A trained model of images, ready to sample.
 *
 * @param images what it was trained on
 * @param training how it was trained
 * @param steps training steps made
 * @param parameters number of parameters
 * @param sampler samples with the moving average of the parameters
 */
public record ImageModel(
    ImageDescription images,
    TrainingConfig training,
    long steps,
    long parameters,
    ImageSampler sampler) {
  private static final String MODEL = "model.tim";
  private static final String CONFIGURATION = "config.json";

  /** Where version 0.1 described the images: beside the model. */
  private static final String DESCRIPTION = "run.json";

  /**
   * Opens a model.
   *
   * @param folder a model folder, or the folder of a run that holds one as {@code model.tim}
   * @throws org.tim4j.layers.base.TimException if there is no model of images, or a damaged one
   */
  public static ImageModel open(Path folder) {
    Path given = folder.toAbsolutePath().normalize();
    boolean isModel = given.endsWith(MODEL) || Files.exists(given.resolve(CONFIGURATION));
    Path model = isModel ? given : given.resolve(MODEL);
    if (!isModel && !Files.exists(model) && !Files.exists(given.resolve(DESCRIPTION))) {
      throw noRun(given);
    }
    Checkpoint checkpoint = Checkpoint.open(model);
    ImageDescription images = checkpoint.images().orElseGet(() -> beside(model));
    TimNetwork network = checkpoint.averageNetwork();
    return new ImageModel(
        images,
        checkpoint.config(),
        checkpoint.step(),
        network.parameterCount(),
        new ImageSampler(network, checkpoint.config().transport(), images));
  }

  private static ImageDescription beside(Path model) {
    Path file = model.resolveSibling(DESCRIPTION);
    if (!Files.isRegularFile(file)) {
      throw noRun(model.getParent());
    }
    try {
      return new StrictJson().read(file.toString(), Files.readString(file), ImageDescription.class);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e, e);
    }
  }

  private static InvalidInputException noRun(Path folder) {
    return new InvalidInputException(
        folder + " is not the folder of a run: it has no run.json; give the --out of tim train");
  }
}
