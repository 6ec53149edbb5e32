package org.tim4j.cli.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A decoded image.
 *
 * @param height rows
 * @param width columns
 * @param planes red, green and blue plane, each row-major and in [−1, 1]; the same array three
 *     times for a grey image
 */
record Pixels(int height, int width, float[][] planes) {
  /**
   * Reads a PNG file.
   *
   * @throws InvalidInputException if it cannot be decoded or has transparent pixels
   */
  static Pixels read(Path file) {
    BufferedImage image = decode(file);
    requireOpaque(file, image);
    if (image.getRaster().getNumBands() <= 2
        && !(image.getColorModel() instanceof IndexColorModel)) {
      float[] grey = plane(image.getRaster(), 0);
      return new Pixels(image.getHeight(), image.getWidth(), new float[][] {grey, grey, grey});
    }
    return ofColour(image);
  }

  private static BufferedImage decode(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      PngChunks.requireIntact(file, content);
      return ImageIO.read(new ByteArrayInputStream(content));
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new InvalidInputException("cannot decode " + file + ": " + e.getMessage(), e);
    }
  }

  private static void requireOpaque(Path file, BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return;
    }
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) >>> 24 != 0xFF) {
          throw new InvalidInputException(
              file + " has transparent pixels; save it without transparency");
        }
      }
    }
  }

  /** Grey samples are taken as stored: Java's conversion to RGB would apply a gamma curve. */
  private static float[] plane(Raster raster, int band) {
    int[] samples =
        raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
    float half = ((1 << raster.getSampleModel().getSampleSize(band)) - 1) / 2f;
    float[] plane = new float[samples.length];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = samples[i] / half - 1;
    }
    return plane;
  }

  private static Pixels ofColour(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    float[][] planes = new float[3][rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        planes[channel][i] = (rgb[i] >> 8 * (2 - channel) & 0xFF) / 127.5f - 1;
      }
    }
    return new Pixels(height, width, planes);
  }

  boolean isGrey() {
    return Arrays.equals(planes[0], planes[1]) && Arrays.equals(planes[1], planes[2]);
  }

  boolean sameSize(Pixels other) {
    return height == other.height && width == other.width;
  }

  /** Writes the first {@code channels} planes, one after the other, from {@code offset} on. */
  void copyTo(float[] target, int offset, int channels) {
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          planes[channel], 0, target, offset + channel * height * width, height * width);
    }
  }
}
