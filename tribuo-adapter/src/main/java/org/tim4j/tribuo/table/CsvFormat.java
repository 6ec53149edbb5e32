package org.tim4j.tribuo.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.tim4j.layers.base.InvalidInputException;

/**
 * The dialect of a CSV file; generated rows are written in that of the real ones.
 *
 * @param encoding name of the character set
 * @param byteOrderMark whether the file starts with one
 * @param separator between cells: a comma, a semicolon, a tab or a bar
 * @param crlf whether lines end as on Windows
 * @param blankAfterSeparator whether a blank follows every separator
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CsvFormat(
    String encoding,
    boolean byteOrderMark,
    char separator,
    boolean crlf,
    boolean blankAfterSeparator) {
  /** Commas, UTF-8 and line feeds. */
  public static final CsvFormat DEFAULT =
      new CsvFormat(StandardCharsets.UTF_8.name(), false, ',', false, false);

  /**
   * @throws InvalidInputException if there is no such character set or separator
   */
  public CsvFormat {
    encoding = encoding == null ? StandardCharsets.UTF_8.name() : encoding;
    separator = separator == 0 ? ',' : separator;
    try {
      Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new InvalidInputException("there is no encoding '" + encoding + "' of text", e);
    }
    if (separator == '"' || separator == '\n' || separator == '\r') {
      throw new InvalidInputException("'" + separator + "' cannot separate cells; use , or ;");
    }
  }

  Charset charset() {
    return Charset.forName(encoding);
  }
}
