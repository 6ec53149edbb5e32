package org.tim4j.tribuo.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;

/** What the cells of a column are. */
public enum ColumnType {
  /** Numbers with decimals. */
  NUMBER,
  /** Whole numbers. */
  INTEGER,
  /** One of several texts. */
  CATEGORY,
  /** One of two texts that mean yes and no. */
  BOOLEAN,
  /** Dates, times or both, in one format. */
  DATETIME,
  /** A text or number that no two rows share; generated rows get new ones. */
  IDENTIFIER,
  /** Free text; generated rows do not have it. */
  TEXT,
  /** The same text in all rows. */
  CONSTANT;

  /** Whether cells are read as numbers. */
  public boolean isNumeric() {
    return this == NUMBER || this == INTEGER || this == DATETIME;
  }

  /** Whether a cell is one of a few texts. */
  public boolean isCategorical() {
    return this == CATEGORY || this == BOOLEAN;
  }

  /** Whether the generator learns the column. */
  public boolean isLearnt() {
    return isNumeric() || isCategorical();
  }

  /** The name in a metadata file. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a type by its name in a metadata file.
   *
   * @throws InvalidInputException if there is none of that name
   */
  @JsonCreator
  public static ColumnType of(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'"
                        + text
                        + "' is no type of column; use one of "
                        + String.join(
                            ", ", Arrays.stream(values()).map(ColumnType::text).toList())));
  }
}
