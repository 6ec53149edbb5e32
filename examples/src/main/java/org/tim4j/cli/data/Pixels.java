package org.tim4j.cli.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
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
  private static final int MOST_BYTES = 1 << 29;

  /**
   * Reads a PNG or JPEG file.
   *
   * @throws InvalidInputException if it cannot be decoded, is too large or has transparent pixels
   */
  static Pixels read(Path file) {
    byte[] content = content(file);
    BufferedImage image = decode(file, content, ImageHeader.of(file, content));
    requireOpaque(file, image);
    Raster raster = image.getRaster();
    boolean indexed = image.getColorModel() instanceof IndexColorModel;
    if (raster.getNumBands() <= 2 && !indexed) {
      float[] grey = plane(raster, 0);
      return new Pixels(image.getHeight(), image.getWidth(), new float[][] {grey, grey, grey});
    }
    return indexed || !image.getColorModel().getColorSpace().isCS_sRGB()
        ? ofColours(image)
        : new Pixels(
            image.getHeight(),
            image.getWidth(),
            new float[][] {plane(raster, 0), plane(raster, 1), plane(raster, 2)});
  }

  private static byte[] content(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InvalidInputException(
            file + " is " + Files.size(file) + " bytes long; at most " + MOST_BYTES + " are read");
      }
      return Files.readAllBytes(file);
    } catch (AccessDeniedException e) {
      throw new InvalidInputException("cannot read " + file + ": no permission", e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static BufferedImage decode(Path file, byte[] content, ImageHeader header) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format()).next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.startsWith("Corrupt") || warning.startsWith("Premature")) {
              throw new IllegalArgumentException(warning);
            }
          });
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) { // the decoders throw whatever they come across
      throw new InvalidInputException("cannot decode " + file + ": " + e.getMessage(), e);
    } finally {
      reader.dispose();
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

  /** Samples are taken as stored: Java's conversion of grey to RGB would apply a gamma curve. */
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

  private static Pixels ofColours(BufferedImage image) {
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

  /** Returns the image in the size that is wanted; this image if it has that size. */
  Pixels resized(ImageReading.Size wanted, ImageReading.Crop crop) {
    if (height == wanted.height() && width == wanted.width()) {
      return this;
    }
    double rows = height;
    double columns = width;
    if (crop == ImageReading.Crop.CENTRE) {
      rows = Math.min(height, (double) width * wanted.height() / wanted.width());
      columns = Math.min(width, (double) height * wanted.width() / wanted.height());
    }
    Resampling across = Resampling.of(width, (width - columns) / 2, columns, wanted.width());
    Resampling down = Resampling.of(height, (height - rows) / 2, rows, wanted.height());
    float[][] resized = new float[planes.length][];
    for (int i = 0; i < planes.length; i++) {
      resized[i] =
          i > 0 && planes[i] == planes[0]
              ? resized[0]
              : down.columns(across.rows(planes[i], height, width), wanted.width());
    }
    return new Pixels(wanted.height(), wanted.width(), resized);
  }

  /** Writes the first {@code channels} planes, one after the other, from {@code offset} on. */
  void copyTo(float[] target, int offset, int channels) {
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          planes[channel], 0, target, offset + channel * height * width, height * width);
    }
  }
}
