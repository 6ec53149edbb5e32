package org.tim4j.tribuo.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Generated rows.
 *
 * @param schema of the file to write
 * @param table the columns that were learnt
 * @param identifiers the texts of each identifier
 * @param tried how many rows were generated, those included that broke a constraint
 */
public record SyntheticTable(
    TableSchema schema, Table table, Map<String, List<String>> identifiers, long tried) {
  private static final char MARK = '\uFEFF';

  /** The share of the generated rows that was thrown away. */
  public double rejected() {
    return 1 - table.rows() / (double) tried;
  }

  /**
   * Writes all rows in the dialect of the real file, or leaves the file as it was.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public void write(Path file) {
    OutputFile.write(file, this::writeRows);
  }

  private void writeRows(Path file) throws IOException {
    CsvFormat format = schema.file();
    try (Writer text = new OutputStreamWriter(Files.newOutputStream(file), format.charset())) {
      if (format.byteOrderMark()) {
        text.write(MARK);
      }
      List<ColumnSchema> columns =
          schema.columns().stream().filter(column -> column.type() != ColumnType.TEXT).toList();
      List<CellSource> sources = new ArrayList<>();
      for (ColumnSchema column : columns) {
        sources.add(source(column));
      }
      CsvWriter csv =
          CsvWriter.builder()
              .fieldSeparator(format.separator())
              .lineDelimiter(format.crlf() ? LineDelimiter.CRLF : LineDelimiter.LF)
              .build(text);
      csv.writeRecord(spaced(columns.stream().map(ColumnSchema::name).toList()));
      for (int row = 0; row < table.rows(); row++) {
        List<String> cells = new ArrayList<>();
        for (CellSource source : sources) {
          cells.add(source.cell(row));
        }
        csv.writeRecord(spaced(cells));
      }
      csv.close();
    }
  }

  /** Where the cells of a column come from. */
  private interface CellSource {
    String cell(int row);
  }

  private CellSource source(ColumnSchema column) {
    if (column.type() == ColumnType.CONSTANT) {
      return row -> column.value();
    }
    if (column.type() == ColumnType.IDENTIFIER) {
      return identifiers.get(column.name())::get;
    }
    TableColumn values = table.columns().get(table.indexOf(column.name()));
    NumericCells cells = column.type().isNumeric() ? new NumericCells(column) : null;
    return row -> {
      double value = values.values()[row];
      if (Double.isNaN(value)) {
        return column.missingText();
      }
      return cells == null ? values.categories().get((int) value) : cells.format(value);
    };
  }

  private List<String> spaced(List<String> cells) {
    if (!schema.file().blankAfterSeparator()) {
      return cells;
    }
    List<String> spaced = new ArrayList<>(cells);
    for (int i = 1; i < spaced.size(); i++) {
      spaced.set(i, " " + spaced.get(i));
    }
    return spaced;
  }
}
