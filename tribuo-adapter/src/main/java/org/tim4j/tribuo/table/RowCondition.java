package org.tim4j.tribuo.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Values that columns other than labels shall have.
 *
 * @param values by the position of the column
 */
record RowCondition(Map<Integer, Double> values) {
  static RowCondition of(Map<String, String> where, FittedTable fitted, Table table) {
    Map<Integer, Double> values = new HashMap<>();
    where.forEach(
        (name, text) -> {
          ColumnSchema schema = fitted.schema().column(name);
          int column = table.indexOf(name);
          if (column < 0) {
            throw new InvalidInputException(
                String.format(
                    Locale.ROOT,
                    "the column '%s' is %s; it cannot be a condition",
                    name,
                    schema.type().text()));
          }
          if (!fitted.labels().contains(name)) {
            values.put(column, value(schema, table.columns().get(column), text));
          }
        });
    return new RowCondition(values);
  }

  private static double value(ColumnSchema schema, TableColumn column, String text) {
    if (schema.isMissing(text)) {
      return Double.NaN;
    }
    if (!column.isCategorical()) {
      return new NumericCells(schema)
          .parse(text)
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      String.format(Locale.ROOT, "'%s' is no value of '%s'", text, column.name())));
    }
    List<String> texts = column.categories();
    if (!texts.contains(text)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "no row has the %s '%s'; there are %s",
              column.name(),
              text,
              String.join(", ", texts)));
    }
    return texts.indexOf(text);
  }

  boolean holds(double[] row) {
    return values.entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(row[entry.getKey()]));
  }
}
