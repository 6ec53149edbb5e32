package org.tim4j.cli.image;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tim4j.layers.base.InvalidInputException;

/** Writes what a command draws. Where there are no fonts it goes without, and says so once. */
public final class Drawings {
  private final Consumer<String> notes;
  private final Optional<String> problem;
  private boolean told;

  /**
   * @param notes told in a line if this machine has no fonts
   */
  public Drawings(Consumer<String> notes) {
    this(notes, Fonts.problem());
  }

  Drawings(Consumer<String> notes, Optional<String> problem) {
    this.notes = notes;
    this.problem = problem;
  }

  /**
   * Draws and writes a plot, which is left out where there are no fonts.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public void plot(Path file, Supplier<BufferedImage> plot) {
    if (hasFonts()) {
      PngFile.write(file, plot.get(), Map.of());
    }
  }

  /**
   * Draws a table of images, which has no labels where there are no fonts.
   *
   * @param rows rows from the top, all of one shape
   * @param columns text above each column
   * @throws InvalidInputException if there is nothing to draw or the shapes differ
   */
  public BufferedImage grid(List<ImageGrid.Row> rows, List<String> columns) {
    return hasFonts() ? ImageGrid.draw(rows, columns) : ImageGrid.drawUnlabelled(rows, columns);
  }

  private boolean hasFonts() {
    if (problem.isPresent() && !told) {
      told = true;
      notes.accept(
          "no plots and no labels in images, because this machine has no fonts ("
              + problem.get()
              + "); install fontconfig and a font, DejaVu for example");
    }
    return problem.isEmpty();
  }
}
