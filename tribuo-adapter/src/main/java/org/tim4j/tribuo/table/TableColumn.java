package org.tim4j.tribuo.table;

import java.util.Arrays;
import java.util.List;

/**
 * The values of a column.
 *
 * @param name of the column
 * @param categories the texts that may occur, or null if the column holds numbers
 * @param values one a row: a number, or the index of a category; NaN is missing
 */
public record TableColumn(String name, List<String> categories, double[] values) {
  /** Whether the values are categories. */
  public boolean isCategorical() {
    return categories != null;
  }

  /** The values that are not missing, in the order of the rows. */
  public double[] present() {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** The share of the rows that lack a value. */
  public double missingShare() {
    return 1 - present().length / (double) values.length;
  }

  /** The values of these rows alone. */
  TableColumn select(int[] rows) {
    return new TableColumn(
        name, categories, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
  }
}
