package org.tim4j.tribuo.table;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Whether columns whose cells all differ name rows rather than measure them. */
final class IdentifierColumn {
  private static final Pattern NAME =
      Pattern.compile("(?i)(.*[_\\s.-])?(id|uuid|guid|key)|.*[a-z]I[dD]|.*UUID");

  /** Fewer rows say nothing about whether all are different. */
  private static final int FEWEST = 20;

  private IdentifierColumn() {}

  /** Whether whole numbers are called an identifier, or number the rows from 0 or 1 on. */
  static boolean isNumbered(TextColumn column) {
    if (column.rows() < FEWEST) {
      return false;
    }
    if (NAME.matcher(column.name()).matches()) {
      return true;
    }
    long first = (long) NumberFormat.WHOLE.parse(column.cell(0)).orElseThrow();
    return (first == 0 || first == 1)
        && IntStream.range(0, column.rows())
            .allMatch(row -> column.cell(row).strip().equals(Long.toString(first + row)));
  }

  /** Whether texts are the codes of one system. */
  static boolean isCoded(List<String> texts) {
    return texts.size() >= FEWEST && FreshValues.areCodes(texts);
  }
}
