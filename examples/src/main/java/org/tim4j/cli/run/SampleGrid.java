package org.tim4j.cli.run;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tim4j.cli.image.Drawings;
import org.tim4j.cli.image.ImageGrid;
import org.tim4j.cli.image.PngFile;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.model.ImageModel;

/**
 * A table of samples: a row for each number of steps, a column for each class and copy. Every row
 * starts from the same noise, so that a column shows one sample at several numbers of steps.
 *
 * @param nfe numbers of steps, each at least 1
 * @param classes classes from the left
 * @param copies samples of each class, at least 1
 * @param guidance scale of classifier-free guidance, at least 1, which is none
 * @param seed seed of the noise
 */
public record SampleGrid(
    List<Integer> nfe, List<Integer> classes, int copies, double guidance, long seed) {
  /**
   * @throws InvalidInputException if a number is out of range
   */
  public SampleGrid {
    nfe = List.copyOf(nfe);
    classes = List.copyOf(classes);
    for (int steps : nfe) {
      if (steps < 1) {
        throw new InvalidInputException(
            "NFE " + steps + " is impossible; a sample takes at least 1 step");
      }
    }
    if (copies < 1) {
      throw new InvalidInputException(
          copies + " samples of a class cannot be drawn; give at least 1");
    }
    if (!(guidance >= 1) || Double.isInfinite(guidance)) {
      throw new InvalidInputException(
          "guidance is " + guidance + "; give a number of at least 1, which is none");
    }
  }

  /**
   * Checks that a model has the classes.
   *
   * @throws InvalidInputException if it has not
   */
  public void requireClasses(ImageDescription run) {
    int count = run.classNames().size();
    for (int value : classes) {
      if (value < 0 || value >= count) {
        throw new InvalidInputException(
            "class " + value + " does not exist; the model has the classes 0 to " + (count - 1));
      }
    }
  }

  /**
   * Samples and writes the table.
   *
   * @param model what to sample from
   * @param file the PNG file; its texts hold the parameters
   * @param drawings writes it
   * @throws InvalidInputException if the model lacks a class or the file cannot be written
   */
  public void write(ImageModel model, Path file, Drawings drawings) {
    PngFile.write(file, draw(model, drawings), parameters(model));
  }

  /**
   * Samples and draws the table.
   *
   * @throws InvalidInputException if the model lacks a class
   */
  public BufferedImage draw(ImageModel model, Drawings drawings) {
    List<ImageGrid.Row> rows = new ArrayList<>();
    samples(model)
        .forEach((steps, images) -> rows.add(new ImageGrid.Row("NFE " + steps, images.images())));
    List<String> labels =
        Arrays.stream(columns()).mapToObj(model.images().classNames()::get).toList();
    return drawings.grid(rows, labels);
  }

  /**
   * Samples without drawing.
   *
   * @return one image for each of {@link #columns()}, by number of steps, in the order of {@code
   *     nfe}
   * @throws InvalidInputException if the model lacks a class
   */
  public Map<Integer, ImageSet> samples(ImageModel model) {
    requireClasses(model.images());
    Map<Integer, ImageSet> samples = new LinkedHashMap<>();
    for (int steps : nfe) {
      samples.put(steps, model.sampler().sample(columns(), steps, seed, guidance));
    }
    return samples;
  }

  /** The class of each column. */
  public int[] columns() {
    return classes.stream()
        .flatMapToInt(value -> IntStream.generate(() -> value).limit(copies))
        .toArray();
  }

  /** What the table was drawn with, by the keys of a PNG file's texts. */
  public Map<String, String> parameters(ImageModel model) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("Software", "tim");
    parameters.put("tim.data", model.images().data());
    parameters.put("tim.trainingSteps", Long.toString(model.steps()));
    parameters.put("tim.nfe", list(nfe));
    parameters.put("tim.classes", list(classes));
    parameters.put("tim.count", Integer.toString(copies));
    parameters.put("tim.guidance", Double.toString(guidance));
    parameters.put("tim.seed", Long.toString(seed));
    return parameters;
  }

  private static String list(List<Integer> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }
}
