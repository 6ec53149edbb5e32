package org.tim4j.layers.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files byte by byte, right or wrong, for tests of the reader. */
final class SafetensorsBytes {
  private SafetensorsBytes() {}

  static byte[] of(String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return of(text.length, text, data);
  }

  static byte[] of(long announcedLength, byte[] header, byte... data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(announcedLength)
        .put(header)
        .put(data)
        .array();
  }

  static Path write(Path folder, byte[] content) {
    try {
      return Files.write(folder.resolve("tensors.safetensors"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
