package org.tim4j.cli.table;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.data.columnar.ColumnarFeature;
import org.tribuo.regression.Regressor;

/** Writes examples with the columns of a table; the inverse of {@link CsvTable#rows}. */
final class CsvRows {
  private final CsvTable table;

  CsvRows(CsvTable table) {
    this.table = table;
  }

  /**
   * Writes all rows, or leaves the file as it was.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  void write(Path file, Iterable<? extends Example<?>> rows) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    List<String> names = table.names();
    try {
      try (Writer text = Files.newBufferedWriter(unfinished);
          ICSVWriter csv = new CSVWriterBuilder(text).build()) {
        csv.writeNext(names.toArray(String[]::new), false);
        for (Example<?> row : rows) {
          Map<String, String> cells = cells(row);
          csv.writeNext(
              names.stream().map(name -> cells.getOrDefault(name, "")).toArray(String[]::new),
              false);
        }
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e, e);
    }
  }

  private Map<String, String> cells(Example<?> row) {
    Map<String, String> cells = new HashMap<>();
    for (Feature feature : row) {
      String name = feature.getName();
      int joint = name.indexOf(ColumnarFeature.JOINER);
      if (table.names().contains(name)) {
        cells.put(name, text(feature.getValue()));
      } else if (feature.getValue() > 0) {
        cells.put(name.substring(0, joint), name.substring(joint + 1));
      }
    }
    cells.put(table.label(), text(row.getOutput()));
    return cells;
  }

  private static String text(Output<?> output) {
    if (output instanceof Label label) {
      return label.getLabel();
    }
    return text(((Regressor) output).getValues()[0]);
  }

  /** A number as people write it: 5 and 0.2, not 5.0 and 2.0E-1. */
  private static String text(double value) {
    double magnitude = Math.abs(value);
    return value == 0 || (magnitude >= 1e-6 && magnitude < 1e15)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
