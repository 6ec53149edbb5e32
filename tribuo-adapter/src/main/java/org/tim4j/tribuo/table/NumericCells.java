package org.tim4j.tribuo.table;

import java.util.Locale;
import java.util.OptionalDouble;
import org.tim4j.layers.base.InvalidInputException;

/** Reads and writes the numbers or times of a column. */
final class NumericCells {
  private final NumberFormat numbers;
  private final TimeFormat times;
  private final double minimum;
  private final double maximum;

  /**
   * @throws InvalidInputException if the range of the column is none of its numbers
   */
  NumericCells(ColumnSchema column) {
    this.numbers = column.number() == null ? NumberFormat.WHOLE : column.number();
    this.times = column.type() == ColumnType.DATETIME ? TimeFormat.of(column.format()) : null;
    ColumnSchema.Range range = column.range();
    this.minimum = bound(column, range == null ? null : range.minimum(), Double.NEGATIVE_INFINITY);
    this.maximum = bound(column, range == null ? null : range.maximum(), Double.POSITIVE_INFINITY);
    if (minimum > maximum) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the range of '%s' ends at %s before it begins at %s",
              column.name(),
              range.maximum(),
              range.minimum()));
    }
  }

  private double bound(ColumnSchema column, String text, double without) {
    if (text == null) {
      return without;
    }
    return parse(text)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    String.format(
                        Locale.ROOT,
                        "the range of '%s' is given by '%s', which the column cannot hold",
                        column.name(),
                        text)));
  }

  OptionalDouble parse(String cell) {
    return times == null ? numbers.parse(cell) : times.parse(cell);
  }

  boolean allows(double value) {
    return value >= minimum && value <= maximum;
  }

  String format(double value) {
    return times == null ? numbers.format(value) : times.format(value);
  }

  /** The nearest value within the range that the column can hold. */
  double nearest(double value) {
    return round(Math.min(Math.max(value, minimum), maximum));
  }

  /** The nearest value that is written with no more digits than the column has. */
  double round(double value) {
    return times == null && !Double.isNaN(value) ? numbers.round(value) : Math.rint(value);
  }
}
