package org.tim4j.cli.table;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Outcome of a study of a table.
 *
 * @param table the file
 * @param repetition how often it was repeated
 * @param figures mean and standard deviation by row (real data, NFE, or a learner) and figure
 * @param trainingSeconds seconds that the training of one generator took
 */
public record TableReport(
    String table,
    Repetition repetition,
    Map<String, Map<String, Summary>> figures,
    Summary trainingSeconds) {

  /** The report as a table of text. */
  public String text() {
    Set<String> columns = new LinkedHashSet<>();
    figures.values().forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder("%-20s".formatted(""));
    columns.forEach(column -> text.append(" %20s".formatted(column)));
    text.append(System.lineSeparator());
    figures.forEach(
        (name, row) -> {
          text.append("%-20s".formatted(name));
          columns.forEach(
              column ->
                  text.append(" %20s".formatted(row.containsKey(column) ? row.get(column) : "")));
          text.append(System.lineSeparator());
        });
    return text.append(
            "mean ± standard deviation over %d splits × %d generations; %.1f s a training%n"
                .formatted(repetition.splits(), repetition.generations(), trainingSeconds.mean()))
        .toString();
  }
}
