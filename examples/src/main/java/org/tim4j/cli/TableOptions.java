package org.tim4j.cli;

import java.nio.file.Path;
import org.tim4j.cli.table.CsvTable;
import org.tim4j.cli.table.OutputKind;
import org.tim4j.layers.base.InvalidInputException;
import picocli.CommandLine.Option;

/** Which table, and what its label column holds. */
final class TableOptions {
  @Option(names = "--csv", paramLabel = "FILE", description = "Real rows, with a header.")
  private Path csv;

  @Option(names = "--label", paramLabel = "COLUMN", description = "The column that is the output.")
  private String label;

  @Option(
      names = "--output-kind",
      paramLabel = "KIND",
      description =
          "${COMPLETION-CANDIDATES}; by default numbers if the label column holds more than 20"
              + " different numbers.")
  private OutputKind kind;

  /** The table, or null. */
  Path csv() {
    return csv;
  }

  /** The column that is the output, or null. */
  String label() {
    return label;
  }

  /** Whether a table was named. */
  boolean isGiven() {
    return csv != null;
  }

  /**
   * Looks through the table.
   *
   * @throws InvalidInputException if an option is missing or the file is unusable
   */
  CsvTable open() {
    if (csv == null || label == null) {
      throw new InvalidInputException("give the table with --csv FILE and --label COLUMN");
    }
    return CsvTable.open(csv, label);
  }

  /**
   * What the label column holds: what was given, or what it seems to be.
   *
   * @throws InvalidInputException if it cannot be what was given
   */
  OutputKind kind(CsvTable table) {
    if (kind == OutputKind.NUMBERS && !table.hasNumericLabel()) {
      throw new InvalidInputException(
          "the column '" + label + "' does not hold numbers; use --output-kind classes");
    }
    return kind == null ? table.outputKind() : kind;
  }
}
