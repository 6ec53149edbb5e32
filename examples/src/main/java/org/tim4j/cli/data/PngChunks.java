package org.tim4j.cli.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.tim4j.layers.base.InvalidInputException;

/**
 * The chunk structure of a PNG file (ISO/IEC 15948, section 5). Java's decoder ignores checksums
 * and accepts files that end early, so that a damaged image would pass for a whole one.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int HEADER = 0x49484452;
  private static final int END = 0x49454E44;

  private PngChunks() {}

  static boolean isPng(byte[] content) {
    return content.length >= Long.BYTES && ByteBuffer.wrap(content).getLong() == SIGNATURE;
  }

  /**
   * Reads the header and checks chunk lengths and checksums up to the end chunk.
   *
   * @throws InvalidInputException if one is wrong, or the first or the end chunk is missing
   */
  static ImageHeader header(Path file, byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content).position(Long.BYTES);
    try {
      ImageHeader header = null;
      int type;
      do {
        int length = buffer.getInt();
        int start = buffer.position();
        type = buffer.getInt();
        if (header == null) {
          if (type != HEADER) {
            throw new InvalidInputException(file + " is damaged: its header is missing");
          }
          int width = buffer.getInt();
          header = new ImageHeader("png", buffer.getInt(), width);
        }
        buffer.position(Math.addExact(start + Integer.BYTES, length));
        CRC32 checksum = new CRC32();
        checksum.update(content, start, Integer.BYTES + length);
        if ((int) checksum.getValue() != buffer.getInt()) {
          throw new InvalidInputException(file + " is damaged: a checksum is wrong");
        }
      } while (type != END);
      return header;
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      throw new InvalidInputException(file + " ends too early or is damaged", e);
    }
  }
}
