package org.tim4j.cli.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B). Java's decoder fills what is missing at the
 * end of a file with grey, so that a damaged image would pass for a whole one.
 */
final class JpegSegments {
  private static final int MARKER = 0xFF;
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int MOST_COMPONENTS = 3;

  private JpegSegments() {}

  static boolean isJpeg(byte[] content) {
    return content.length > 2
        && (content[0] & 0xFF) == MARKER
        && (content[1] & 0xFF) == START
        && (content[2] & 0xFF) == MARKER;
  }

  /**
   * Reads the frame header and looks for the end of the image.
   *
   * @throws InvalidInputException if one is missing, or the image has more than three components
   */
  static ImageHeader header(Path file, byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content).position(2);
    ImageHeader header = null;
    try {
      int marker = marker(file, buffer);
      while (marker != SCAN) {
        int length = buffer.getShort() & 0xFFFF;
        int next = buffer.position() + length - Short.BYTES;
        if (isFrame(marker)) {
          header = frame(file, buffer);
        }
        buffer.position(next);
        marker = marker(file, buffer);
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new InvalidInputException(file + " ends too early or is damaged", e);
    }
    if (header == null || !hasEnd(content, buffer.position())) {
      throw new InvalidInputException(file + " ends too early or is damaged");
    }
    return header;
  }

  private static int marker(Path file, ByteBuffer buffer) {
    if ((buffer.get() & 0xFF) != MARKER) {
      throw new InvalidInputException(file + " is damaged: a segment of the JPEG file is wrong");
    }
    int marker;
    do {
      marker = buffer.get() & 0xFF;
    } while (marker == MARKER); // fill bytes
    return marker;
  }

  /** Frame headers are C0 to CF, apart from tables (C4, C8, CC). */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static ImageHeader frame(Path file, ByteBuffer buffer) {
    buffer.get(); // bits a sample
    int height = buffer.getShort() & 0xFFFF;
    int width = buffer.getShort() & 0xFFFF;
    if ((buffer.get() & 0xFF) > MOST_COMPONENTS) {
      throw new InvalidInputException(
          file + " is a JPEG picture for printing (CMYK); save it in grey or RGB");
    }
    return new ImageHeader("jpeg", height, width);
  }

  private static boolean hasEnd(byte[] content, int from) {
    for (int i = content.length - 1; i > from; i--) {
      if ((content[i] & 0xFF) == END && (content[i - 1] & 0xFF) == MARKER) {
        return true;
      }
    }
    return false;
  }
}
