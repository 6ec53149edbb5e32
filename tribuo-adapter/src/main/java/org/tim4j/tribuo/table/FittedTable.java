package org.tim4j.tribuo.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * What a saved generator has to know of the table that it was trained on in order to write one: no
 * row of it, but its categories, classes and combinations.
 *
 * @param schema the metadata
 * @param kind what the label columns hold
 * @param labels the columns that are the output; none if there is no label
 * @param categories the texts of every learnt column, in its order; empty for numbers
 * @param classes the classes that there are, with their numbers of rows
 * @param fresh new values of the identifiers, by column
 * @param combinations those that there are, by constraint
 */
public record FittedTable(
    TableSchema schema,
    OutputKind kind,
    List<String> labels,
    List<List<String>> categories,
    List<JointClass> classes,
    Map<String, FreshValues> fresh,
    Map<String, List<List<Double>>> combinations) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A class, which several label columns may make together.
   *
   * @param cells the text of each label column
   * @param rows how many rows have it
   */
  public record JointClass(List<String> cells, int rows) {
    /** The name of the class as Tribuo's label. */
    String name(List<String> labels) {
      if (cells.isEmpty()) {
        return "row";
      }
      if (cells.size() == 1) {
        return cells.get(0);
      }
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        parts.add(labels.get(i) + "=" + cells.get(i));
      }
      return String.join(", ", parts);
    }
  }

  /**
   * Learns what there is to know before training.
   *
   * @param file the real rows, the labels typed as what they are used as
   * @param table the same
   * @param labels columns of the table
   * @throws InvalidInputException if a row has no label, or the constraints are not kept
   */
  static FittedTable fit(TableFile file, Table table, List<String> labels, OutputKind kind) {
    requireLabels(file, table, labels);
    Map<String, FreshValues> fresh = new LinkedHashMap<>();
    for (ColumnSchema column : file.schema().columns()) {
      if (column.type() == ColumnType.IDENTIFIER) {
        Set<String> real = file.texts(column.name());
        if (real.size() < file.rows()) {
          throw new InvalidInputException(
              String.format(
                  Locale.ROOT,
                  "the identifier '%s' of %s holds only %d different values in %d rows; make it a category or text",
                  column.name(),
                  file,
                  real.size(),
                  file.rows()));
        }
        fresh.put(column.name(), FreshValues.of(real));
      }
    }
    List<List<String>> categories = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      categories.add(column.isCategorical() ? column.categories() : List.of());
    }
    Constraints constraints = Constraints.of(file, table, indexes(table, labels));
    return new FittedTable(
        file.schema(),
        kind,
        labels,
        categories,
        kind == OutputKind.CLASSES ? classes(table, labels) : List.of(),
        fresh,
        constraints.combinations());
  }

  private static void requireLabels(TableFile file, Table table, List<String> labels) {
    for (String label : labels) {
      double[] values = table.columns().get(table.indexOf(label)).values();
      for (int row = 0; row < values.length; row++) {
        if (Double.isNaN(values[row])) {
          throw new InvalidInputException(
              String.format(
                  Locale.ROOT,
                  "%s has rows without a '%s', the first in line %d; remove them, or leave the label out",
                  file,
                  label,
                  file.line(row)));
        }
      }
    }
  }

  private static Set<Integer> indexes(Table table, List<String> labels) {
    return Set.copyOf(labels.stream().map(table::indexOf).toList());
  }

  private static List<JointClass> classes(Table table, List<String> labels) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> cells = new ArrayList<>();
      for (String label : labels) {
        TableColumn column = table.columns().get(table.indexOf(label));
        cells.add(column.categories().get((int) column.values()[row]));
      }
      counts.merge(cells, 1, Integer::sum);
    }
    List<JointClass> classes = new ArrayList<>();
    Map<String, JointClass> byName = new HashMap<>();
    counts.forEach(
        (cells, rows) -> {
          JointClass next = new JointClass(cells, rows);
          classes.add(next);
          if (byName.put(next.name(labels), next) != null) {
            throw new InvalidInputException(
                "two classes are both called '" + next.name(labels) + "'; rename one");
          }
        });
    return classes;
  }

  /** New values of the identifiers, by column; {@code taken} are those to avoid. */
  Map<String, List<String>> identifiers(TableRequest request, Map<String, Set<String>> taken) {
    Map<String, List<String>> identifiers = new LinkedHashMap<>();
    List<String> names = schema.names();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (fresh.containsKey(name)) {
        RandomStream random = RandomStream.of(request.seed(), i + 1, Purpose.EVALUATION);
        Set<String> real = taken.getOrDefault(name, Set.of());
        identifiers.put(name, fresh.get(name).draw(name, request.rows(), real, random));
      }
    }
    return identifiers;
  }

  /** A table with these columns and no rows. */
  Table empty() {
    List<TableColumn> columns = new ArrayList<>();
    List<ColumnSchema> learnt = schema.learnt();
    for (int i = 0; i < learnt.size(); i++) {
      columns.add(
          new TableColumn(
              learnt.get(i).name(),
              learnt.get(i).type().isNumeric() ? null : categories.get(i),
              new double[0]));
    }
    return new Table(columns);
  }

  Constraints constraints() {
    Table empty = empty();
    return Constraints.of(schema, empty, combinations, indexes(empty, labels));
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of texts and numbers can always be written", e);
    }
  }

  static FittedTable fromJson(String json) {
    try {
      return JSON.readValue(json, FittedTable.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "the generator's description of its table is damaged: " + e.getOriginalMessage(), e);
    }
  }
}
