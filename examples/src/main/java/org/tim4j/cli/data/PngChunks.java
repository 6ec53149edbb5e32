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
  private static final int END = 0x49454E44;

  private PngChunks() {}

  /**
   * Checks signature, chunk lengths and checksums up to the end chunk.
   *
   * @throws InvalidInputException if one is wrong or the end chunk is missing
   */
  static void requireIntact(Path file, byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    try {
      if (buffer.getLong() != SIGNATURE) {
        throw new InvalidInputException(file + " is not a PNG picture");
      }
      int type;
      do {
        int length = buffer.getInt();
        int start = buffer.position();
        type = buffer.getInt();
        buffer.position(Math.addExact(start + Integer.BYTES, length));
        CRC32 checksum = new CRC32();
        checksum.update(content, start, Integer.BYTES + length);
        if ((int) checksum.getValue() != buffer.getInt()) {
          throw new InvalidInputException(file + " is damaged: a checksum is wrong");
        }
      } while (type != END);
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      throw new InvalidInputException(file + " ends too early or is damaged", e);
    }
  }
}
