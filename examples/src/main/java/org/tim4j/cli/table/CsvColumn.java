package org.tim4j.cli.table;

import java.util.LinkedHashSet;
import java.util.Set;

/** What was seen of a column while its file was read. */
final class CsvColumn {
  private final String name;
  private final Set<String> texts = new LinkedHashSet<>();
  private boolean numeric = true;
  private boolean missing;

  CsvColumn(String name) {
    this.name = name;
  }

  void see(String cell) {
    if (cell.isBlank()) {
      missing = true;
      return;
    }
    texts.add(cell);
    numeric = numeric && isNumber(cell);
  }

  private static boolean isNumber(String cell) {
    try {
      return Double.isFinite(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  String name() {
    return name;
  }

  /** Whether every cell that is not empty is a finite number, and there is one. */
  boolean isNumeric() {
    return numeric && !texts.isEmpty();
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  boolean hasMissing() {
    return missing;
  }

  /** The number of different cells that are not empty. */
  int distinct() {
    return texts.size();
  }
}
