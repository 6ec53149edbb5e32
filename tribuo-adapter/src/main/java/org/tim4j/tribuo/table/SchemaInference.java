package org.tim4j.tribuo.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Finds out what the columns of a file hold.
 *
 * <p>Markers of missing values are looked for among numbers, times and yes-or-no columns only: in a
 * column of texts, "None" may be a category. Notes tell what an analyst may want otherwise.
 */
final class SchemaInference {
  private static final List<Set<String>> BOOLEANS =
      List.of(
          Set.of("true", "false"),
          Set.of("True", "False"),
          Set.of("TRUE", "FALSE"),
          Set.of("yes", "no"),
          Set.of("Yes", "No"),
          Set.of("YES", "NO"),
          Set.of("y", "n"),
          Set.of("Y", "N"),
          Set.of("t", "f"),
          Set.of("T", "F"),
          Set.of("on", "off"),
          Set.of("On", "Off"),
          Set.of("ON", "OFF"));

  /** A column of fewer different texts holds categories, however few rows each has. */
  private static final int ALWAYS_CATEGORIES = 50;

  /** A column of more different texts holds none. */
  private static final int MAX_CATEGORIES = 1000;

  /** A text column of so many numbers is one of numbers with something wrong in it. */
  private static final double ALMOST_ALL = 0.5;

  private static final int SHORTEST_AMBIGUOUS_GROUP = 3;

  private final CsvFile file;
  private final List<String> notes;

  /**
   * @param notes what was found is added here, a sentence each
   */
  SchemaInference(CsvFile file, List<String> notes) {
    this.file = file;
    this.notes = notes;
  }

  TableSchema schema() {
    return new TableSchema(
        file.format(), file.columns().stream().map(this::column).toList(), List.of());
  }

  ColumnSchema column(TextColumn column) {
    List<String> blanks = column.texts().stream().filter(String::isBlank).toList();
    List<String> texts = column.texts().stream().filter(text -> !text.isBlank()).toList();
    if (texts.size() + (blanks.isEmpty() ? 0 : 1) == 1) {
      return ColumnSchema.of(column.name(), ColumnType.CONSTANT).withValue(column.cell(0));
    }
    List<String> values = texts.stream().filter(text -> !MissingMarkers.contains(text)).toList();
    ColumnSchema typed = values.isEmpty() ? null : typed(column, values);
    if (typed == null) {
      return ofTexts(column, texts);
    }
    List<String> markers = texts.stream().filter(MissingMarkers::contains).toList();
    if (!markers.isEmpty()) {
      notes.add(
          String.format(Locale.ROOT, "'%s': %s read as missing", column.name(), quoted(markers)));
    }
    return typed.withMissing(MissingMarkers.of(column));
  }

  /** Adds what a schema does not say. */
  ColumnSchema complete(ColumnSchema given, TextColumn column) {
    ColumnSchema schema = given;
    if (given.type() == ColumnType.CONSTANT) {
      if (column.texts().size() > 1) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "the column '%s' is to be constant and holds %s in line %d",
                column.name(),
                quoted(column.texts().subList(0, 2)),
                file.line(column.firstRow(1))));
      }
      return given.withValue(column.cell(0));
    }
    if (given.missing().isEmpty()
        && (given.type().isNumeric() || given.type() == ColumnType.BOOLEAN)) {
      schema = schema.withMissing(MissingMarkers.of(column));
    }
    ColumnSchema known = schema;
    if (known.type() == ColumnType.NUMBER && known.number() == null) {
      List<String> values = column.texts().stream().filter(text -> !known.isMissing(text)).toList();
      boolean comma = values.stream().noneMatch(text -> text.indexOf('.') >= 0);
      comma =
          comma
              && values.stream()
                  .anyMatch(text -> NumberFormat.isNumber(text, true) && text.indexOf(',') >= 0);
      boolean mark = comma;
      schema =
          known.withNumber(
              NumberFormat.of(
                  values.stream().filter(text -> NumberFormat.isNumber(text, mark)).toList(),
                  mark));
    }
    return schema;
  }

  private ColumnSchema typed(TextColumn column, List<String> values) {
    String name = column.name();
    if (BOOLEANS.contains(Set.copyOf(values))) {
      return ColumnSchema.of(name, ColumnType.BOOLEAN);
    }
    for (boolean comma : new boolean[] {false, true}) {
      if (values.stream().allMatch(text -> NumberFormat.isNumber(text, comma))
          && (!comma || isDecimalComma(values))) {
        return numbers(column, values, comma);
      }
    }
    List<String> formats = TimeFormat.candidates(values);
    if (formats.isEmpty()) {
      return null;
    }
    if (formats.size() > 1) {
      notes.add(
          String.format(
              Locale.ROOT, "'%s': taken as %s; %s fits too", name, formats.get(0), formats.get(1)));
    }
    TimeFormat format = TimeFormat.of(formats.get(0));
    double[] times = values.stream().mapToDouble(t -> format.parse(t).orElseThrow()).toArray();
    return ColumnSchema.times(name, formats.get(0))
        .withRange(
            format.format(Arrays.stream(times).min().orElseThrow()),
            format.format(Arrays.stream(times).max().orElseThrow()));
  }

  /** In a file of commas, 1,234 is rather one thousand than one. */
  private boolean isDecimalComma(List<String> values) {
    return file.format().separator() != ','
        || values.stream()
            .anyMatch(
                text ->
                    text.indexOf(',') >= 0
                        && text.length() - text.indexOf(',') - 1 != SHORTEST_AMBIGUOUS_GROUP);
  }

  private ColumnSchema numbers(TextColumn column, List<String> values, boolean comma) {
    NumberFormat format = NumberFormat.of(values, comma);
    boolean whole = format.equals(NumberFormat.WHOLE);
    if (whole && values.size() == column.rows() && IdentifierColumn.isNumbered(column)) {
      notes.add(
          String.format(Locale.ROOT, "'%s' is an identifier and gets new values", column.name()));
      return ColumnSchema.of(column.name(), ColumnType.IDENTIFIER);
    }
    Comparator<String> byValue =
        Comparator.comparingDouble(text -> format.parse(text).orElseThrow());
    return ColumnSchema.of(column.name(), whole ? ColumnType.INTEGER : ColumnType.NUMBER)
        .withNumber(whole ? null : format)
        .withRange(
            values.stream().min(byValue).orElseThrow(), values.stream().max(byValue).orElseThrow());
  }

  private ColumnSchema ofTexts(TextColumn column, List<String> texts) {
    int distinct = texts.size();
    boolean few = distinct <= ALWAYS_CATEGORIES || distinct <= column.rows() / 2;
    if (!few) {
      requirePlainNumbers(column, texts);
    }
    if (distinct == column.rows() && IdentifierColumn.isCoded(texts)) {
      notes.add(
          String.format(Locale.ROOT, "'%s' is an identifier and gets new values", column.name()));
      return ColumnSchema.of(column.name(), ColumnType.IDENTIFIER);
    }
    List<String> odd = texts.stream().filter(text -> !isNumberLike(text)).toList();
    boolean almostNumbers = odd.size() < distinct * (1 - ALMOST_ALL);
    if (few && distinct <= MAX_CATEGORIES) {
      if (almostNumbers) {
        notes.add(
            String.format(
                Locale.ROOT,
                "'%s' holds categories, because of %s",
                column.name(),
                firstOdd(column, odd)));
      }
      return ColumnSchema.of(column.name(), ColumnType.CATEGORY);
    }
    if (almostNumbers && !odd.isEmpty()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the column '%s' of %s holds numbers and %s; correct the file, or name such texts as \"missing\" in --metadata",
              column.name(),
              file.path(),
              firstOdd(column, odd)));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "'%s' is left out: %d different texts are neither categories nor identifiers",
            column.name(),
            distinct));
    return ColumnSchema.of(column.name(), ColumnType.TEXT);
  }

  private void requirePlainNumbers(TextColumn column, List<String> texts) {
    List<String> dressed = texts.stream().filter(NumberFormat::isDressed).toList();
    if (dressed.size() > texts.size() * ALMOST_ALL) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the column '%s' of %s holds numbers that are written as '%s' (line %d); write them without units and separated groups, or make the column text in --metadata",
              column.name(),
              file.path(),
              dressed.get(0),
              file.line(column.firstRow(column.texts().indexOf(dressed.get(0))))));
    }
  }

  private boolean isNumberLike(String text) {
    return MissingMarkers.contains(text)
        || NumberFormat.isNumber(text, false)
        || NumberFormat.isNumber(text, true);
  }

  private String firstOdd(TextColumn column, List<String> odd) {
    if (odd.isEmpty()) {
      return "two kinds of decimal marks";
    }
    int code = column.texts().indexOf(odd.get(0));
    return String.format(
        Locale.ROOT,
        "'%s' (line %d%s)",
        odd.get(0),
        file.line(column.firstRow(code)),
        odd.size() == 1 ? "" : ", and " + (odd.size() - 1) + " more");
  }

  private static String quoted(List<String> texts) {
    return String.join(", ", texts.stream().map(text -> "'" + text + "'").toList());
  }
}
