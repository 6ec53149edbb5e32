package org.tim4j.tribuo.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A CSV file with a header, read by its metadata. What the metadata does not say is found out.
 *
 * <p>Immutable; all cells are in memory, each different text of a column once.
 */
public final class TableFile {
  private final CsvFile file;
  private final TableSchema schema;
  private final List<String> notes;

  private TableFile(CsvFile file, TableSchema schema, List<String> notes) {
    this.file = file;
    this.schema = schema;
    this.notes = List.copyOf(notes);
  }

  /**
   * Reads a file and finds out what its columns hold.
   *
   * @throws InvalidInputException if the file is unusable, with the line and column at fault
   */
  public static TableFile open(Path csv) {
    CsvFile file = CsvFile.read(csv);
    List<String> notes = new ArrayList<>();
    return new TableFile(file, new SchemaInference(file, notes).schema(), notes);
  }

  /**
   * Reads a file by metadata; columns that they do not name are found out.
   *
   * @throws InvalidInputException if the file is unusable or lacks a column of the metadata
   */
  public static TableFile open(Path csv, TableSchema given) {
    CsvFile file = CsvFile.read(csv);
    Set<String> there = new HashSet<>(file.names());
    for (String name : given.names()) {
      if (!there.contains(name)) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s has no column '%s', which the metadata names; it has %s",
                csv,
                name,
                String.join(", ", file.names())));
      }
    }
    List<String> notes = new ArrayList<>();
    SchemaInference inference = new SchemaInference(file, notes);
    List<ColumnSchema> columns = new ArrayList<>();
    for (TextColumn column : file.columns()) {
      columns.add(
          given
              .find(column.name())
              .map(schema -> inference.complete(schema, column))
              .orElseGet(() -> inference.column(column)));
    }
    return new TableFile(file, new TableSchema(file.format(), columns, given.constraints()), notes);
  }

  /**
   * Reads other rows of the columns that metadata tell, in any order and dialect; more columns are
   * passed over, and numbers may have any number of decimals.
   *
   * @throws InvalidInputException if the file is unusable or lacks a column that is learnt
   */
  public static TableFile openLike(Path csv, TableSchema schema) {
    CsvFile file = CsvFile.read(csv);
    Set<String> there = new HashSet<>(file.names());
    List<ColumnSchema> columns = new ArrayList<>();
    for (ColumnSchema column : schema.learnt()) {
      if (!there.contains(column.name())) {
        throw new InvalidInputException(
            csv + " has no column '" + column.name() + "', which the real rows have");
      }
      columns.add(column.withoutRange());
    }
    return new TableFile(
        file, new TableSchema(file.format(), columns, schema.constraints()), List.of());
  }

  /** The metadata, complete. */
  public TableSchema schema() {
    return schema;
  }

  /** What was found out and may not be what was meant; a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /** The number of rows. */
  public int rows() {
    return file.rows();
  }

  /** The same file with the same cells, but other metadata. */
  public TableFile with(TableSchema other) {
    return new TableFile(file, other, notes);
  }

  /** The different texts of a column, in the order of their first rows. */
  public Set<String> texts(String column) {
    return new LinkedHashSet<>(text(column).texts());
  }

  private TextColumn text(String name) {
    return file.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    String.format(
                        Locale.ROOT,
                        "%s has no column '%s'; it has %s",
                        file.path(),
                        name,
                        String.join(", ", schema.names()))));
  }

  /**
   * The columns that a generator learns, in order.
   *
   * @throws InvalidInputException if a cell is not what its column holds, or there is no such
   *     column
   */
  public Table table() {
    return table(Map.of());
  }

  /**
   * The same, with categories numbered as in another table; new ones come behind those.
   *
   * @param like a table with the same columns
   */
  public Table tableLike(Table like) {
    Map<String, List<String>> categories = new HashMap<>();
    for (TableColumn column : like.columns()) {
      if (column.isCategorical()) {
        categories.put(column.name(), column.categories());
      }
    }
    return table(categories);
  }

  private Table table(Map<String, List<String>> known) {
    List<TableColumn> columns = new ArrayList<>();
    for (ColumnSchema column : schema.learnt()) {
      TextColumn text = text(column.name());
      columns.add(
          column.type().isNumeric()
              ? numbers(column, text)
              : categories(column, text, known.getOrDefault(column.name(), List.of())));
    }
    if (columns.isEmpty()) {
      throw new InvalidInputException(
          file.path() + " has no column of numbers or categories; there is nothing to learn");
    }
    return new Table(columns);
  }

  private TableColumn numbers(ColumnSchema column, TextColumn text) {
    NumericCells cells = new NumericCells(column);
    double[] byCode = new double[text.texts().size()];
    for (int code = 0; code < byCode.length; code++) {
      String cell = text.texts().get(code);
      if (column.isMissing(cell)) {
        byCode[code] = Double.NaN;
        continue;
      }
      OptionalDouble value = cells.parse(cell);
      if (value.isEmpty() || !cells.allows(value.getAsDouble())) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s, line %d: '%s' in the column '%s' is %s; correct it, or name it as \"missing\" in --metadata",
                file.path(),
                file.line(text.firstRow(code)),
                cell,
                column.name(),
                value.isEmpty() ? "no " + column.type().text() : "out of its range"));
      }
      byCode[code] = value.getAsDouble();
    }
    double[] values = new double[text.rows()];
    Arrays.setAll(values, row -> byCode[text.code(row)]);
    return new TableColumn(column.name(), null, values);
  }

  private TableColumn categories(ColumnSchema column, TextColumn text, List<String> known) {
    Map<String, Integer> index = new HashMap<>();
    List<String> categories = new ArrayList<>();
    for (String category : known) {
      index.put(category, categories.size());
      categories.add(category);
    }
    double[] byCode = new double[text.texts().size()];
    for (int code = 0; code < byCode.length; code++) {
      String cell = text.texts().get(code);
      if (column.isMissing(cell)) {
        byCode[code] = Double.NaN;
        continue;
      }
      Integer at = index.get(cell);
      if (at == null) {
        at = categories.size();
        index.put(cell, at);
        categories.add(cell);
      }
      byCode[code] = at;
    }
    if (column.type() == ColumnType.BOOLEAN && known.isEmpty() && categories.size() > 2) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the column '%s' of %s is boolean and holds %s; make it a category, or name one as \"missing\"",
              column.name(),
              file.path(),
              String.join(", ", categories)));
    }
    double[] values = new double[text.rows()];
    Arrays.setAll(values, row -> byCode[text.code(row)]);
    return new TableColumn(column.name(), List.copyOf(categories), values);
  }

  /** The first line of a row in the file. */
  int line(int row) {
    return file.line(row);
  }

  @Override
  public String toString() {
    return file.path().toString();
  }
}
