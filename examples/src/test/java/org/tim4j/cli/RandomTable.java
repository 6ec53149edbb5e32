package org.tim4j.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** A made-up table: any kinds of columns, any markers of missing values, any dialect. */
final class RandomTable {
  private static final List<String> MARKERS =
      List.of("", "NA", "null", "NaN", "None", "?", "-", "inf");
  private static final List<String> FORMATS =
      List.of("yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "yyyy-MM-dd HH:mm", "HH:mm:ss");

  private final RandomStream random;
  private final char separator;
  private final boolean comma;
  private final List<String> names = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final List<String[]> columns = new ArrayList<>();
  private final int rows;
  private final String lineEnd;
  private final Charset charset;
  private final boolean mark;
  private final int blankLines;

  RandomTable(long seed) {
    random = RandomStream.of(seed, 0, Purpose.SEARCH);
    rows = 5 + random.nextInt(random.nextInt(4) == 0 ? 300 : 60);
    separator = ",;\t|".charAt(random.nextInt(4));
    comma = separator != ',' && random.nextBoolean();
    lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    int encoding = random.nextInt(4);
    charset = encoding == 0 ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
    mark = encoding == 1;
    blankLines = random.nextInt(4);
    int width = 1 + random.nextInt(8);
    for (int i = 0; i < width; i++) {
      addColumn(i);
    }
  }

  private void addColumn(int index) {
    int kind = random.nextInt(10);
    String name =
        new String[] {
                  "whole", "decimal", "kind", "yes-no", "day", "id", "remark", "same", "code",
                  "größe"
                }
                [kind]
            + index;
    IntFunction<String> cells = cells(kind);
    double missing = random.nextInt(3) == 0 && kind < 5 ? 0.05 + 0.4 * random.nextDouble() : 0;
    String marker = MARKERS.get(random.nextInt(MARKERS.size()));
    String[] column = new String[rows];
    for (int row = 0; row < rows; row++) {
      String cell = cells.apply(row);
      column[row] = random.nextDouble() < missing ? marker : cell;
    }
    names.add(name);
    columns.add(column);
    if (missing == 0 && (kind < 4 || kind == 9) && labels.size() < 2 && random.nextInt(3) == 0) {
      labels.add(name);
    }
  }

  private IntFunction<String> cells(int kind) {
    switch (kind) {
      case 0:
        {
          int range = 1 + random.nextInt(random.nextBoolean() ? 5 : 100_000);
          return row -> Integer.toString(random.nextInt(range) - range / 3);
        }
      case 1:
        {
          int decimals = 1 + random.nextInt(5);
          double scale = Math.pow(10, random.nextInt(6) - 2);
          return row -> {
            String text =
                String.format(Locale.ROOT, "%." + decimals + "f", scale * random.nextGaussian());
            return comma ? text.replace('.', ',') : text;
          };
        }
      case 2:
        {
          int count = 2 + random.nextInt(12);
          return row ->
              "kind " + (char) ('a' + random.nextInt(count)) + (count > 9 ? " \"x\"" : "");
        }
      case 3:
        {
          String[] pair =
              new String[][] {{"true", "false"}, {"Yes", "No"}, {"Y", "N"}, {"TRUE", "FALSE"}}
                  [random.nextInt(4)];
          return row -> pair[random.nextInt(2)];
        }
      case 4:
        {
          DateTimeFormatter format =
              DateTimeFormatter.ofPattern(FORMATS.get(random.nextInt(FORMATS.size())), Locale.ROOT);
          return row ->
              format.format(
                  LocalDateTime.of(2001, 3, 5, 7, 0).plusMinutes(random.nextInt(5_000_000)));
        }
      case 5:
        return row -> "K-%04d".formatted(7 * row + 13);
      case 6:
        return row -> "remark " + Long.toHexString(random.nextLong()) + " and more";
      case 7:
        {
          String same = random.nextBoolean() ? "always" : "7";
          return row -> same;
        }
      case 8:
        return row -> "%05d".formatted(random.nextInt(6) * 101 + 7);
      default:
        {
          String[] sizes = {"groß", "klein", "süß", "größer"};
          return row -> sizes[random.nextInt(sizes.length)];
        }
    }
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder(mark ? "\uFEFF" : "");
    text.append(String.join(String.valueOf(separator), names)).append(lineEnd);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < names.size(); i++) {
        String cell = columns.get(i)[row];
        boolean quoted = cell.indexOf(separator) >= 0 || cell.indexOf('"') >= 0;
        text.append(i == 0 ? "" : separator)
            .append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
      }
      text.append(lineEnd);
    }
    text.append(lineEnd.repeat(blankLines));
    return text.toString().getBytes(charset);
  }

  List<String> labels() {
    return labels;
  }

  int rows() {
    return rows;
  }
}
