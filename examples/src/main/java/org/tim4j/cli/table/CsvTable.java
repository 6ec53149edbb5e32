package org.tim4j.cli.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;
import org.tribuo.DataSource;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.data.columnar.ColumnarFeature;
import org.tribuo.data.columnar.ColumnarIterator;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.RowProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.response.FieldResponseProcessor;
import org.tribuo.data.csv.CSVDataSource;
import org.tribuo.data.csv.CSVIterator;

/**
 * A CSV file with a header, one of whose columns is the output.
 *
 * <p>A column of finite numbers is one feature of that name. Any other column is categorical: a
 * feature {@code column@text} of value 1 for each text. Empty cells are absent features.
 */
public final class CsvTable {
  /** A numeric label with more values than this is a regression unless the user says otherwise. */
  private static final int MAX_NUMERIC_CLASSES = 20;

  /** A text column with more values than this is a name or a remark rather than a category. */
  private static final int MAX_CATEGORIES = 100;

  private final Path file;
  private final CsvColumn label;
  private final List<CsvColumn> columns;

  private CsvTable(Path file, CsvColumn label, List<CsvColumn> columns) {
    this.file = file;
    this.label = label;
    this.columns = columns;
  }

  /**
   * Looks through a file.
   *
   * @param label name of the column that is the output
   * @throws InvalidInputException if the file cannot be read, has no such column or no usable rows
   */
  public static CsvTable open(Path file, String label) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("there is no file " + file);
    }
    Map<String, CsvColumn> columns = new LinkedHashMap<>();
    try (CSVIterator rows = new CSVIterator(file.toUri())) {
      rows.getFields().forEach(name -> columns.put(name, new CsvColumn(name)));
      while (rows.hasNext()) {
        ColumnarIterator.Row row = rows.next();
        row.getRowData().forEach((name, cell) -> columns.get(name).see(cell));
      }
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException("cannot read " + file + " as CSV: " + e.getMessage(), e);
    }
    if (!columns.containsKey(label)) {
      throw new InvalidInputException(
          file + " has no column '" + label + "'; it has " + String.join(", ", columns.keySet()));
    }
    CsvTable table = new CsvTable(file, columns.get(label), List.copyOf(columns.values()));
    table.requireUsable();
    return table;
  }

  private void requireUsable() {
    if (label.isEmpty() || columns.size() < 2) {
      throw new InvalidInputException(
          file + " has no rows with a '" + label.name() + "', or no other column");
    }
    if (label.hasMissing()) {
      throw new InvalidInputException(
          file + " has rows without a '" + label.name() + "'; remove them");
    }
    for (CsvColumn column : features()) {
      if (!column.isNumeric() && column.distinct() > MAX_CATEGORIES) {
        throw new InvalidInputException(
            "the column '"
                + column.name()
                + "' holds "
                + column.distinct()
                + " different texts, too many to be categories; remove it");
      }
      if (!column.isNumeric() && column.name().contains(ColumnarFeature.JOINER)) {
        throw new InvalidInputException(
            "the name of the text column '"
                + column.name()
                + "' contains '"
                + ColumnarFeature.JOINER
                + "', which Tribuo puts between column and text; rename it");
      }
    }
  }

  /** Whether the label column holds nothing but numbers. */
  public boolean hasNumericLabel() {
    return label.isNumeric();
  }

  /** What the label column seems to hold. */
  public OutputKind outputKind() {
    return hasNumericLabel() && label.distinct() > MAX_NUMERIC_CLASSES
        ? OutputKind.NUMBERS
        : OutputKind.CLASSES;
  }

  /**
   * The rows as examples.
   *
   * @throws InvalidInputException if the outputs are of another kind
   */
  public <T extends Output<T>> DataSource<T> rows(OutputFactory<T> factory) {
    Map<String, FieldProcessor> processors = new HashMap<>();
    for (CsvColumn column : features()) {
      processors.put(
          column.name(),
          column.isNumeric()
              ? new DoubleFieldProcessor(column.name(), true)
              : new CategoryProcessor(column.name()));
    }
    FieldResponseProcessor<T> response =
        new FieldResponseProcessor<>(List.of(label.name()), List.of(""), factory, false, false);
    RowProcessor<T> processor = new RowProcessor<>(response, processors);
    try {
      return new CSVDataSource<>(file, processor, true);
    } catch (RuntimeException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The name of the label column. */
  public String label() {
    return label.name();
  }

  /** The names of all columns, in the order of the file. */
  public List<String> names() {
    return columns.stream().map(CsvColumn::name).toList();
  }

  private List<CsvColumn> features() {
    List<CsvColumn> features = new ArrayList<>(columns);
    features.remove(label);
    return features;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
