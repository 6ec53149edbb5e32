package org.tim4j.tribuo.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tim4j.layers.base.InvalidInputException;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.data.columnar.ColumnarFeature;
import org.tribuo.impl.ArrayExample;

/**
 * The rows of a table as examples, and back. A number is a feature of its column's name; a category
 * is the feature {@code column@text} with the value 1; a missing value is no feature.
 *
 * @param <T> the type of output
 */
final class TableExamples<T extends Output<T>> {
  /**
   * Present in all rows if a row may have nothing else: Tribuo refuses examples without features.
   */
  private static final String ROW = "(row)";

  private final List<ColumnSchema> columns;
  private final List<NumericCells> cells = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Table empty;
  private final Constraints constraints;
  private final LabelColumns<T> labels;
  private final Set<Integer> left = new HashSet<>();
  private final Map<String, int[]> categories = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  TableExamples(FittedTable table, LabelColumns<T> labels) {
    this.columns = table.schema().learnt();
    this.empty = table.empty();
    this.constraints = table.constraints();
    this.labels = labels;
    for (int i = 0; i < columns.size(); i++) {
      ColumnSchema column = columns.get(i);
      cells.add(column.type().isNumeric() ? new NumericCells(column) : null);
      String name = column.name().replace(ColumnarFeature.JOINER, "(at)");
      if (names.contains(name)) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "the columns '%s' and '%s' would be one feature of Tribuo's, '%s'; rename one",
                columns.get(names.indexOf(name)).name(),
                column.name(),
                name));
      }
      names.add(name);
      numbers.put(name, i);
      if (labels.columns().contains(i) || constraints.isDerived(i)) {
        left.add(i);
      }
      List<String> texts = empty.columns().get(i).categories();
      for (int c = 0; texts != null && c < texts.size(); c++) {
        categories.put(name + ColumnarFeature.JOINER + texts.get(c), new int[] {i, c});
      }
    }
    if (left.size() == columns.size()) {
      throw new InvalidInputException(
          "every column is a label or follows from others; there is nothing to learn");
    }
  }

  /** The rows of a table as examples. */
  List<Example<T>> examples(Table table) {
    String[][] categoryNames = categoryNames(table);
    boolean bare = false;
    List<ArrayExample<T>> examples = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      double[] values = Constraints.row(table, row);
      List<Feature> features = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        if (!left.contains(i) && !Double.isNaN(values[i])) {
          features.add(
              categoryNames[i] == null
                  ? new Feature(names.get(i), values[i])
                  : new Feature(categoryNames[i][(int) values[i]], 1));
        }
      }
      bare |= features.isEmpty();
      examples.add(new ArrayExample<>(labels.output(values), features));
    }
    if (bare) {
      examples.forEach(example -> example.add(new Feature(ROW, 1)));
    }
    return List.copyOf(examples);
  }

  /** One text a category, which all rows share. */
  private String[][] categoryNames(Table table) {
    String[][] all = new String[names.size()][];
    for (int i = 0; i < all.length; i++) {
      String name = names.get(i) + ColumnarFeature.JOINER;
      List<String> texts = table.columns().get(i).categories();
      all[i] = texts == null ? null : texts.stream().map(name::concat).toArray(String[]::new);
    }
    return all;
  }

  /** The values of a generated example, as its columns can hold them. */
  double[] row(Example<T> example) {
    double[] row = new double[columns.size()];
    Arrays.fill(row, Double.NaN);
    for (Feature feature : example) {
      int[] category = categories.get(feature.getName());
      int number = numbers.getOrDefault(feature.getName(), -1);
      if (category != null && feature.getValue() > 0) {
        row[category[0]] = category[1];
      } else if (category == null && number >= 0) {
        row[number] = cells.get(number).nearest(feature.getValue());
      }
    }
    labels.read(example.getOutput(), row);
    for (int label : labels.columns()) {
      if (cells.get(label) != null) {
        row[label] = cells.get(label).nearest(row[label]);
      }
    }
    constraints.derive(row, cells);
    return row;
  }

  /** Whether a row keeps the constraints and what follows from others lies within its range. */
  boolean isAllowed(double[] row) {
    for (int i = 0; i < row.length; i++) {
      if (constraints.isDerived(i) && !Double.isNaN(row[i]) && !cells.get(i).allows(row[i])) {
        return false;
      }
    }
    return constraints.hold(row);
  }

  /** A table of rows. */
  Table table(List<double[]> rows) {
    List<TableColumn> made = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      made.add(
          new TableColumn(
              columns.get(i).name(),
              empty.columns().get(i).categories(),
              rows.stream().mapToDouble(row -> row[column]).toArray()));
    }
    return new Table(made);
  }
}
