package org.tim4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputKind;
import org.tim4j.tribuo.table.TableFile;
import org.tim4j.tribuo.table.TableSchema;
import picocli.CommandLine.Option;

/** Which table, what its columns are, and what its label columns hold. */
final class TableOptions {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Real rows, with a header; separators , ; tab and |, UTF-8, UTF-16 or Windows-1252.")
  private Path csv;

  @Option(
      names = "--metadata",
      paramLabel = "FILE",
      description =
          "JSON with the columns' types (number, integer, category, boolean, datetime, identifier,"
              + " text, constant), ranges, missing markers and constraints; found out without it,"
              + " and for columns that it does not name.")
  private Path metadata;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      split = ",",
      description = "The column or columns that are the output; none if not given.")
  private List<String> labels = List.of();

  @Option(
      names = "--output-kind",
      paramLabel = "KIND",
      description =
          "${COMPLETION-CANDIDATES}; by default numbers if the label column holds more than 20"
              + " different numbers.")
  private OutputKind kind;

  @Option(
      names = "--constraint",
      paramLabel = "TEXT",
      description =
          "What holds in every row, such as 'start <= end', 'net + tax = gross' or"
              + " 'combinations(city, country)'; may be repeated.")
  private List<String> constraints = List.of();

  /** The table, or null. */
  Path csv() {
    return csv;
  }

  /** The metadata file that was given, or null. */
  Path metadata() {
    return metadata;
  }

  /** The only column that is the output, or null. */
  String label() {
    return labels.size() == 1 ? labels.get(0) : null;
  }

  /** Whether a table was named. */
  boolean isGiven() {
    return csv != null;
  }

  /**
   * Reads the file.
   *
   * @param notes told in one line what was found out
   * @throws InvalidInputException if an option is missing or the file is unusable
   */
  TableFile file(Consumer<String> notes) {
    if (csv == null) {
      throw new InvalidInputException("give the table with --csv FILE");
    }
    TableFile file =
        metadata == null ? TableFile.open(csv) : TableFile.open(csv, TableSchema.read(metadata));
    if (!file.notes().isEmpty()) {
      notes.accept(csv + ": " + String.join("; ", file.notes()) + "; --metadata says otherwise");
    }
    return constraints.isEmpty() ? file : file.with(file.schema().withConstraints(constraints));
  }

  /**
   * The rows with their labels.
   *
   * @throws InvalidInputException if a label cannot be an output
   */
  LabelledTable labelled(TableFile file) {
    for (String label : labels) {
      if (file.schema().find(label).isEmpty()) {
        throw new InvalidInputException(
            file
                + " has no column '"
                + label
                + "'; it has "
                + String.join(", ", file.schema().names()));
      }
    }
    return LabelledTable.of(file, labels, kind);
  }
}
