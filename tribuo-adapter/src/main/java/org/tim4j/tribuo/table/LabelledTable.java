package org.tim4j.tribuo.table;

import java.util.List;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The rows of a file, some of whose columns are the output.
 *
 * @param file the file, whose labels are typed as what they are used as
 * @param table its rows
 * @param labels the columns that are the output; none for a table without one
 * @param kind what they hold
 */
public record LabelledTable(TableFile file, Table table, List<String> labels, OutputKind kind) {
  /** A numeric label with more values than this is a regression unless the user says otherwise. */
  private static final int MAX_NUMERIC_CLASSES = 20;

  /**
   * Reads the rows. Of labels of both kinds, those of numbers are generated like other columns.
   *
   * @param labels names of columns, none if there is no label
   * @param kind what the labels hold, or null to find out
   * @throws InvalidInputException if there is no such column or it cannot be an output of that kind
   */
  public static LabelledTable of(TableFile file, List<String> labels, OutputKind kind) {
    for (String label : labels) {
      ColumnType type = file.schema().column(label).type();
      if (!type.isLearnt()) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "the label '%s' is %s; name a column of numbers or categories",
                label,
                type.text()));
      }
      if (kind == OutputKind.NUMBERS && !type.isNumeric()) {
        throw new InvalidInputException(
            "the column '" + label + "' does not hold numbers; use --output-kind classes");
      }
    }
    List<String> classes =
        labels.stream().filter(label -> kind == null && !isNumber(file, label)).toList();
    if (kind == OutputKind.NUMBERS || (kind == null && classes.isEmpty() && !labels.isEmpty())) {
      return new LabelledTable(file, file.table(), labels, OutputKind.NUMBERS);
    }
    List<String> outputs = kind == null ? classes : labels;
    TableSchema schema = file.schema();
    for (String label : outputs) {
      ColumnSchema column = schema.column(label);
      schema = column.type().isNumeric() ? schema.with(column.asCategory()) : schema;
    }
    TableFile typed = file.with(schema);
    return new LabelledTable(typed, typed.table(), outputs, OutputKind.CLASSES);
  }

  private static boolean isNumber(TableFile file, String label) {
    return file.schema().column(label).type().isNumeric()
        && file.texts(label).size() > MAX_NUMERIC_CLASSES;
  }

  /** What there is to know before training. */
  FittedTable fitted() {
    return FittedTable.fit(file, table, labels, kind);
  }

  /**
   * The rows as examples: a number is a feature of its column's name, a category the feature {@code
   * column@text} with the value 1, a missing value no feature.
   *
   * @throws InvalidInputException if the labels are of another kind than the factory's outputs
   */
  public <T extends Output<T>> MutableDataset<T> dataset(OutputFactory<T> factory) {
    FittedTable fitted = fitted();
    LabelColumns<?> outputs = LabelColumns.of(fitted);
    if (!outputs.type().equals(factory.getUnknownOutput().getClass())) {
      throw new InvalidInputException(
          "the labels of "
              + file
              + " are of "
              + outputs.type().getSimpleName()
              + ", the factory makes "
              + factory.getUnknownOutput().getClass().getSimpleName());
    }
    // The types of the outputs were compared just above.
    @SuppressWarnings("unchecked")
    LabelColumns<T> same = (LabelColumns<T>) outputs;
    return new MutableDataset<>(
        new TableExamples<>(fitted, same).examples(table),
        new SimpleDataSourceProvenance(file.toString(), factory),
        factory);
  }

  /** Other rows of the same columns. */
  public LabelledTable with(Table rows) {
    return new LabelledTable(file, rows, labels, kind);
  }

  /** These rows alone. */
  public LabelledTable select(int[] rows) {
    return new LabelledTable(file, table.select(rows), labels, kind);
  }
}
