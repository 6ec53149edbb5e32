package org.tim4j.cli.data;

import java.nio.file.Path;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;

/**
 * What an image file says of itself before anything is decoded.
 *
 * @param format as Java's image readers call it
 * @param height rows of pixels
 * @param width columns of pixels
 */
record ImageHeader(String format, int height, int width) {
  private static final int MOST_PIXELS = 1 << 25;

  /**
   * Looks through the structure of a PNG or JPEG file, whatever its name ends in.
   *
   * @throws InvalidInputException if it is neither, damaged in a way that its structure shows, or
   *     larger than 2²⁵ pixels, which a few bytes can announce
   */
  static ImageHeader of(Path file, byte[] content) {
    ImageHeader header;
    if (PngChunks.isPng(content)) {
      header = PngChunks.header(file, content);
    } else if (JpegSegments.isJpeg(content)) {
      header = JpegSegments.header(file, content);
    } else {
      throw new InvalidInputException(
          file + " is neither a PNG nor a JPEG picture, whatever its name; convert it to one");
    }
    if ((long) header.height * header.width > MOST_PIXELS) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s announces %dx%d pixels; make it smaller, at most %d pixels are read",
              file,
              header.height,
              header.width,
              MOST_PIXELS));
    }
    return header;
  }
}
