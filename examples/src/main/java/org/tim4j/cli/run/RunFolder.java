package org.tim4j.cli.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.objective.image.ImageDescription;

/**
 * What a run leaves behind.
 *
 * @param folder the folder of the run
 */
public record RunFolder(Path folder) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The trained model with all that is needed to go on training. */
  public Path model() {
    return folder.resolve("model.tim");
  }

  /** What the model was trained on. */
  public Path description() {
    return folder.resolve("run.json");
  }

  /** The figures of every step. */
  public Path log() {
    return folder.resolve("loss.csv");
  }

  /** The plot of the residual. */
  public Path lossPlot() {
    return folder.resolve("loss.png");
  }

  /** The table of samples. */
  public Path grid() {
    return folder.resolve("grid.png");
  }

  /** The figures of the samples. */
  public Path metrics() {
    return folder.resolve("metrics.json");
  }

  /** The plot of the figures. */
  public Path nfePlot() {
    return folder.resolve("nfe.png");
  }

  /** Whether a model is there. */
  public boolean hasModel() {
    return Files.exists(model());
  }

  /** Creates the folder and writes what the model is trained on. */
  public void begin(ImageDescription run) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException("cannot create the folder " + folder + ": " + e, e);
    }
    write(description(), run);
  }

  /**
   * Reads what the model was trained on.
   *
   * @throws InvalidInputException if this is not the folder of a run
   */
  public ImageDescription read() {
    if (!Files.isRegularFile(description())) {
      throw new InvalidInputException(
          folder + " is not the folder of a run: it has no run.json; give the --out of tim train");
    }
    try {
      return new StrictJson()
          .read(description().toString(), Files.readString(description()), ImageDescription.class);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + description() + ": " + e.getMessage(), e);
    }
  }

  /** Writes figures as JSON. */
  public static void write(Path file, Object figures) {
    try {
      Files.writeString(file, JSON.writeValueAsString(figures) + System.lineSeparator());
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
