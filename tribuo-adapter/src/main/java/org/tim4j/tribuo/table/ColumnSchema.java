package org.tim4j.tribuo.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.tim4j.layers.base.InvalidInputException;

/**
 * What is known of a column, as a metadata file says it.
 *
 * @param name as in the header
 * @param type what the cells are
 * @param missing texts that stand for a missing value; generated ones are written as the first
 * @param number how numbers are written, or null
 * @param format of dates and times, as {@link java.time.format.DateTimeFormatter} reads it, or null
 * @param range the values that are allowed, or null
 * @param value the text of all cells of a constant, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ColumnSchema(
    String name,
    ColumnType type,
    List<String> missing,
    NumberFormat number,
    String format,
    Range range,
    String value) {

  /**
   * The values that are allowed, as cells write them.
   *
   * @param minimum the smallest, or null
   * @param maximum the largest, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Range(String minimum, String maximum) {}

  /**
   * @throws InvalidInputException if the name or the type is missing, or a format is none
   */
  public ColumnSchema {
    if (name == null || type == null) {
      throw new InvalidInputException(
          "a column of the metadata lacks its name or its type: "
              + (name == null ? "type " + type : "'" + name + "'"));
    }
    missing = missing == null ? List.of() : List.copyOf(missing);
    value = type == ColumnType.CONSTANT && value == null ? "" : value;
    if (type == ColumnType.DATETIME) {
      if (format == null) {
        throw new InvalidInputException(
            "the column '" + name + "' of dates or times needs a format, such as yyyy-MM-dd");
      }
      TimeFormat.of(format);
    }
  }

  /** A column of which nothing but the type is known. */
  static ColumnSchema of(String name, ColumnType type) {
    return new ColumnSchema(name, type, List.of(), null, null, null, null);
  }

  /** A column of dates or times. */
  static ColumnSchema times(String name, String format) {
    return new ColumnSchema(name, ColumnType.DATETIME, List.of(), null, format, null, null);
  }

  ColumnSchema withMissing(List<String> markers) {
    return new ColumnSchema(name, type, markers, number, format, range, value);
  }

  ColumnSchema withNumber(NumberFormat written) {
    return new ColumnSchema(name, type, missing, written, format, range, value);
  }

  ColumnSchema withRange(String minimum, String maximum) {
    return new ColumnSchema(
        name, type, missing, number, format, new Range(minimum, maximum), value);
  }

  ColumnSchema withoutRange() {
    return new ColumnSchema(name, type, missing, number, format, null, value);
  }

  ColumnSchema withValue(String text) {
    return new ColumnSchema(name, type, missing, number, format, range, text);
  }

  /** The same column as one of texts. */
  ColumnSchema asCategory() {
    return of(name, ColumnType.CATEGORY).withMissing(missing);
  }

  boolean isMissing(String cell) {
    return cell.isBlank() || missing.contains(cell);
  }

  /** What a missing value is written as. */
  String missingText() {
    return missing.isEmpty() ? "" : missing.get(0);
  }
}
