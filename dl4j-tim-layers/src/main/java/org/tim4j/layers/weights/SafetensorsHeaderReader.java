package org.tim4j.layers.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Finds the header in a file: eight bytes with its length come first, then its text. */
final class SafetensorsHeaderReader {
  private static final int LENGTH_BYTES = 8;

  /** The longest header that the format allows. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private SafetensorsHeaderReader() {}

  /**
   * Reads and checks the header of a file.
   *
   * @param path the file's name for messages
   * @throws SafetensorsException if it breaks the format
   */
  static SafetensorsHeader read(Path path, FileChannel channel) throws IOException {
    requireHeader(path, channel);
    long dataStart = LENGTH_BYTES + length(path, channel);
    ByteBuffer bytes = channel.map(MapMode.READ_ONLY, LENGTH_BYTES, dataStart - LENGTH_BYTES);
    checkBraces(path, bytes);
    try (Reader text =
        new InputStreamReader(
            new ByteBufferBackedInputStream(bytes), StandardCharsets.UTF_8.newDecoder())) {
      return SafetensorsHeaderParser.parse(text, channel.size() - dataStart, dataStart);
    } catch (MalformedHeaderException e) {
      throw new SafetensorsException(path, e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          path, "the header is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(path, "the header is not valid UTF-8", e);
    }
  }

  /** A file whose header does not begin where it should may be one of another format. */
  private static void requireHeader(Path path, FileChannel channel) throws IOException {
    ByteBuffer brace = ByteBuffer.allocate(1);
    channel.read(brace, LENGTH_BYTES);
    if (brace.array()[0] != '{') {
      Optional<String> foreign = ForeignFormat.describe(path, channel);
      if (foreign.isPresent()) {
        throw new SafetensorsException(path, foreign.get());
      }
    }
  }

  private static long length(Path path, FileChannel channel) throws IOException {
    if (channel.size() < LENGTH_BYTES) {
      throw new SafetensorsException(
          path, "is " + channel.size() + " bytes long, too short for a safetensors file");
    }
    long length =
        channel.map(MapMode.READ_ONLY, 0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw new SafetensorsException(
          path,
          String.format(
              Locale.ROOT,
              "announces a header of %s bytes; at most %d are allowed, so this is no safetensors file",
              Long.toUnsignedString(length),
              MAX_HEADER_BYTES));
    }
    if (length > channel.size() - LENGTH_BYTES) {
      throw new SafetensorsException(
          path,
          String.format(
              Locale.ROOT,
              "announces a header of %d bytes, but only %d follow: the file is cut short",
              length,
              channel.size() - LENGTH_BYTES));
    }
    return length;
  }

  /** The format asks for a first brace without space before it, and allows only spaces behind. */
  private static void checkBraces(Path path, ByteBuffer header) {
    int last = header.limit() - 1;
    while (last >= 0 && header.get(last) == ' ') {
      last--;
    }
    if (last < 1 || header.get(0) != '{' || header.get(last) != '}') {
      throw new SafetensorsException(path, "the header is not a JSON object");
    }
  }
}
