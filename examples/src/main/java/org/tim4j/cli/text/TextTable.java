package org.tim4j.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text that keeps to the width of the terminal. Columns are as wide as their cells. If
 * that is too wide, the last column is broken between words; if it is too wide still, every row
 * becomes lines of a name and a cell.
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final int NARROWEST_LAST = 16;

  private final List<String> names;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<String> names) {
    this.names = names;
  }

  /** Starts a table. All columns are aligned to the right, apart from the last if it is text. */
  public static TextTable of(String... names) {
    return new TextTable(List.of(names));
  }

  /** Adds a row with one cell a column. */
  public TextTable row(String... cells) {
    if (cells.length != names.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + names.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /**
   * Returns the table as lines of at most so many characters, if its cells allow it.
   *
   * @param width characters of a line
   */
  public String text(int width) {
    int[] widths = IntStream.range(0, names.size()).map(this::natural).toArray();
    int last = widths.length - 1;
    int before = IntStream.range(0, last).map(i -> widths[i] + GAP.length()).sum();
    boolean breakable = rows.stream().anyMatch(row -> row.get(last).contains(" "));
    if (before + widths[last] > width) {
      if (!breakable || width - before < NARROWEST_LAST) {
        return stacked(width);
      }
      widths[last] = width - before;
    }
    StringBuilder text = new StringBuilder();
    append(text, names, widths, before, breakable);
    rows.forEach(row -> append(text, row, widths, before, breakable));
    return text.toString();
  }

  private int natural(int column) {
    return Math.max(
        names.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private static void append(
      StringBuilder text, List<String> cells, int[] widths, int before, boolean lastIsText) {
    int last = widths.length - 1;
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < last; i++) {
      line.append(" ".repeat(widths[i] - cells.get(i).length())).append(cells.get(i)).append(GAP);
    }
    List<String> parts =
        lastIsText ? broken(cells.get(last), widths[last]) : List.of(cells.get(last));
    for (String part : parts) {
      String padding = lastIsText ? "" : " ".repeat(widths[last] - part.length());
      text.append((line + padding + part).stripTrailing()).append(System.lineSeparator());
      line.setLength(0);
      line.append(" ".repeat(before));
    }
  }

  /** A heading of the first cell, then a line for each other cell that is not empty. */
  private String stacked(int width) {
    int longest = names.stream().skip(1).mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(names.get(0)).append(' ').append(row.get(0)).append(System.lineSeparator());
      for (int i = 1; i < row.size(); i++) {
        if (!row.get(i).isEmpty()) {
          String name = GAP + names.get(i) + " ".repeat(longest - names.get(i).length()) + GAP;
          text.append(
              broken(row.get(i), Math.max(NARROWEST_LAST, width - name.length())).stream()
                  .collect(
                      Collectors.joining(
                          System.lineSeparator() + " ".repeat(name.length()),
                          name,
                          System.lineSeparator())));
        }
      }
    }
    return text.toString();
  }

  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" +")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
