package org.tim4j.cli.image;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/** Draws samples as a table of images with labelled rows and columns. */
public final class ImageGrid {
  private static final int SMALLEST_CELL = 48;
  private static final int GAP = 2;
  private static final int MARGIN = 6;

  private final List<Row> rows;
  private final List<String> columns;
  private final int height;
  private final int width;

  private ImageGrid(List<Row> rows, List<String> columns) {
    requireUniform(rows, columns);
    this.rows = rows;
    this.columns = columns;
    INDArray first = rows.get(0).images();
    int zoom = Math.max(1, (SMALLEST_CELL + (int) first.size(3) - 1) / (int) first.size(3));
    height = Math.toIntExact(first.size(2)) * zoom;
    width = Math.toIntExact(first.size(3)) * zoom;
  }

  /**
   * One row of the table.
   *
   * @param label text at its left
   * @param images {@code [n, channels, height, width]} with 1 or 3 channels; −1 is black, 1 is
   *     white, values outside are clipped
   */
  public record Row(String label, INDArray images) {}

  /**
   * Draws the table; small images are enlarged by a whole number.
   *
   * @param rows rows from the top, all of one shape
   * @param columns text above each column
   * @throws InvalidInputException if there is nothing to draw, the shapes differ or there are
   *     neither 1 nor 3 channels
   */
  public static BufferedImage draw(List<Row> rows, List<String> columns) {
    return new ImageGrid(rows, columns).labelled();
  }

  /** Draws the table as {@link #draw} does, without its labels, for which it takes fonts. */
  static BufferedImage drawUnlabelled(List<Row> rows, List<String> columns) {
    return new ImageGrid(rows, columns).drawn(MARGIN, MARGIN);
  }

  private BufferedImage labelled() {
    FontMetrics metrics = metrics();
    int left =
        2 * MARGIN
            + rows.stream().mapToInt(row -> metrics.stringWidth(row.label())).max().orElse(0);
    int top = MARGIN + metrics.getHeight();
    BufferedImage canvas = drawn(left, top);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setColor(Color.BLACK);
    graphics.setFont(Fonts.LABEL);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    for (int column = 0; column < columns.size(); column++) {
      String label = columns.get(column);
      int centred = (width - metrics.stringWidth(label)) / 2;
      graphics.drawString(label, left + column * (width + GAP) + centred, metrics.getAscent() + 2);
    }
    for (int row = 0; row < rows.size(); row++) {
      int baseline = top + row * (height + GAP) + (height + metrics.getAscent()) / 2;
      graphics.drawString(rows.get(row).label(), MARGIN, baseline);
    }
    graphics.dispose();
    return canvas;
  }

  /** Draws the images, the first one with its corner at the given place. */
  private BufferedImage drawn(int left, int top) {
    BufferedImage canvas =
        new BufferedImage(
            left + columns.size() * (width + GAP) + MARGIN,
            top + rows.size() * (height + GAP) + MARGIN,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        graphics.drawImage(
            image(rows.get(row).images().slice(column)),
            left + column * (width + GAP),
            top + row * (height + GAP),
            width,
            height,
            null);
      }
    }
    graphics.dispose();
    return canvas;
  }

  private static void requireUniform(List<Row> rows, List<String> columns) {
    if (rows.isEmpty() || columns.isEmpty()) {
      throw new InvalidInputException("there are no pictures to draw");
    }
    INDArray first = rows.get(0).images();
    for (Row row : rows) {
      INDArray images = row.images();
      if (images.rank() != 4
          || images.size(0) != columns.size()
          || !images.equalShapes(first)
          || (images.size(1) != 1 && images.size(1) != 3)) {
        throw new InvalidInputException(
            "row "
                + row.label()
                + " has the shape "
                + images.shapeInfoToString().strip()
                + "; every row needs ["
                + columns.size()
                + ", 1 or 3, height, width]");
      }
    }
  }

  private static FontMetrics metrics() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(Fonts.LABEL);
    } finally {
      graphics.dispose();
    }
  }

  /**
   * Converts one image.
   *
   * @param pixels {@code [channels, height, width]} with 1 or 3 channels, from −1 to 1
   */
  public static BufferedImage image(INDArray pixels) {
    int channels = Math.toIntExact(pixels.size(0));
    int height = Math.toIntExact(pixels.size(1));
    int width = Math.toIntExact(pixels.size(2));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb = rgb << 8 | level(pixels.getDouble(Math.min(channel, channels - 1), y, x));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint((value + 1) * 127.5)));
  }
}
