package org.tim4j.tribuo.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;

/**
 * The text of a file and how it was encoded: UTF-8, UTF-16 with a byte order mark, or Windows-1252,
 * which holds Latin-1. A file that is almost UTF-8 is damaged and refused.
 *
 * @param text without the byte order mark
 * @param charset the encoding
 * @param byteOrderMark whether there was one
 */
record CsvText(String text, Charset charset, boolean byteOrderMark) {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final char MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read or is no text
   */
  static CsvText read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("there is no file " + file);
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e, e);
    }
    CsvText text = decode(file, bytes);
    if (text.text().indexOf('\0') >= 0) {
      throw new InvalidInputException(
          file + " is no text: it holds zero bytes; save the table as CSV in UTF-8");
    }
    return text;
  }

  private static CsvText decode(Path file, byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return marked(file, bytes, StandardCharsets.UTF_16LE);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return marked(file, bytes, StandardCharsets.UTF_16BE);
    }
    CharBuffer characters = CharBuffer.allocate(bytes.length);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CoderResult end = strict(StandardCharsets.UTF_8).decode(input, characters, true);
    if (!end.isError()) {
      String text = characters.flip().toString();
      boolean mark = !text.isEmpty() && text.charAt(0) == MARK;
      return new CsvText(mark ? text.substring(1) : text, StandardCharsets.UTF_8, mark);
    }
    int at = input.position();
    boolean elsewhere =
        new String(bytes, StandardCharsets.UTF_8)
            .chars()
            .anyMatch(c -> c > 0x7F && c != REPLACEMENT);
    if (elsewhere) {
      throw new InvalidInputException(
          file
              + " is damaged: line "
              + line(bytes, at)
              + " is no UTF-8, though other lines are; save it in one encoding");
    }
    try {
      String text = strict(WINDOWS).decode(ByteBuffer.wrap(bytes)).toString();
      return new CsvText(text, WINDOWS, false);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          file
              + " is neither UTF-8 nor Windows-1252 (line "
              + line(bytes, at)
              + "); save it in UTF-8",
          e);
    }
  }

  private static CsvText marked(Path file, byte[] bytes, Charset charset) {
    try {
      String text = strict(charset).decode(ByteBuffer.wrap(bytes)).toString();
      return new CsvText(text.substring(1), charset, true);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          file + " begins as " + charset + " and does not go on so; save it in UTF-8", e);
    }
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  private static int line(byte[] bytes, int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
