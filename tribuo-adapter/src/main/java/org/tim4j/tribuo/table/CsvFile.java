package org.tim4j.tribuo.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tim4j.layers.base.InvalidInputException;

/** A CSV file with a header, as texts. Empty lines are skipped. */
final class CsvFile {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int PROBED_LINES = 50;
  private static final int LONGEST_CELL = 1 << 20;

  private final Path path;
  private final CsvFormat format;
  private final List<TextColumn> columns = new ArrayList<>();
  private int[] lines = new int[PROBED_LINES];
  private int rows;

  private CsvFile(Path path, CsvFormat format) {
    this.path = path;
    this.format = format;
  }

  /**
   * Reads a file and finds out its dialect.
   *
   * @throws InvalidInputException if the file cannot be read, is empty, has no rows, has two
   *     columns of one name or rows of another length than the header
   */
  static CsvFile read(Path path) {
    CsvText text = CsvText.read(path);
    if (text.text().isBlank()) {
      throw new InvalidInputException(path + " is empty; give a CSV file with a header and rows");
    }
    char separator = separator(text.text());
    try {
      return read(path, text, separator);
    } catch (CsvParseException | UncheckedIOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(
          path
              + " is no CSV file with the separator "
              + name(separator)
              + ": "
              + cause.getMessage(),
          e);
    }
  }

  private static CsvFile read(Path path, CsvText text, char separator) {
    Iterator<CsvRecord> records = records(text.text(), separator);
    List<String> header = new ArrayList<>(records.next().getFields());
    boolean blanks =
        header.size() > 1 && header.stream().skip(1).allMatch(name -> name.startsWith(" "));
    header.replaceAll(String::strip);
    int lineEnd = text.text().indexOf('\n');
    boolean crlf = lineEnd > 0 && text.text().charAt(lineEnd - 1) == '\r';
    CsvFile file =
        new CsvFile(
            path,
            new CsvFormat(text.charset().name(), text.byteOrderMark(), separator, crlf, blanks));
    file.addColumns(header);
    while (records.hasNext()) {
      file.add(records.next());
    }
    if (file.rows == 0) {
      throw new InvalidInputException(
          path + " has a header and no rows; there is nothing to learn");
    }
    return file;
  }

  private static Iterator<CsvRecord> records(String text, char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .trimWhitespacesAroundQuotes(true)
        .maxBufferSize(LONGEST_CELL)
        .ofCsvRecord(text)
        .iterator();
  }

  /** The separator that divides the first lines into the most cells, as many in every line. */
  private static char separator(String text) {
    char best = SEPARATORS.get(0);
    int most = 1;
    for (char separator : SEPARATORS) {
      int width = commonWidth(text, separator);
      if (width > most) {
        most = width;
        best = separator;
      }
    }
    return best;
  }

  private static int commonWidth(String text, char separator) {
    try {
      int width = 0;
      Iterator<CsvRecord> records = records(text, separator);
      for (int line = 0; line < PROBED_LINES && records.hasNext(); line++) {
        CsvRecord next = records.next();
        boolean blank = next.getFieldCount() == 1 && next.getField(0).isBlank();
        if (width > 0 && next.getFieldCount() != width && !blank) {
          return 0;
        }
        width = width == 0 ? next.getFieldCount() : width;
      }
      return width;
    } catch (CsvParseException | UncheckedIOException e) {
      return 0;
    }
  }

  private static String name(char separator) {
    return separator == '\t' ? "tab" : "'" + separator + "'";
  }

  private void addColumns(List<String> header) {
    Set<String> names = new HashSet<>();
    for (String name : header) {
      if (name.isEmpty()) {
        throw new InvalidInputException(
            path
                + ": column "
                + (columns.size() + 1)
                + " has no name; give every column one in the first line");
      }
      if (!names.add(name)) {
        throw new InvalidInputException(
            path + " has two columns '" + name + "'; give every column a name of its own");
      }
      columns.add(new TextColumn(name));
    }
  }

  private void add(CsvRecord next) {
    if (next.getFieldCount() == 1 && columns.size() > 1 && next.getField(0).isBlank()) {
      return;
    }
    if (next.getFieldCount() != columns.size()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s, line %d has %d cells where the header has %d; separator %s",
              path,
              next.getStartingLineNumber(),
              next.getFieldCount(),
              columns.size(),
              name(format.separator())));
    }
    for (int i = 0; i < columns.size(); i++) {
      String cell = next.getField(i);
      columns.get(i).add(format.blankAfterSeparator() ? cell.stripLeading() : cell);
    }
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, 2 * rows);
    }
    lines[rows++] = (int) next.getStartingLineNumber();
  }

  Path path() {
    return path;
  }

  CsvFormat format() {
    return format;
  }

  List<TextColumn> columns() {
    return columns;
  }

  List<String> names() {
    return columns.stream().map(TextColumn::name).toList();
  }

  int rows() {
    return rows;
  }

  /** The line of the file at which a row starts. */
  int line(int row) {
    return lines[row];
  }
}
