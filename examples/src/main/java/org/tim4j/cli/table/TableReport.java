package org.tim4j.cli.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tim4j.cli.text.TextTable;

/**
 * Outcome of a study of a table.
 *
 * @param table the file
 * @param repetition how often it was repeated
 * @param figures mean and standard deviation by row (real data, NFE, or a learner) and figure
 * @param trainingSeconds seconds that the training of one generator took
 * @param notes what to know besides, such as trainings that failed
 */
public record TableReport(
    String table,
    Repetition repetition,
    Map<String, Map<String, Summary>> figures,
    Summary trainingSeconds,
    List<String> notes) {
  public TableReport {
    notes = List.copyOf(notes);
  }

  /**
   * The report as a table of text, a line for each figure.
   *
   * @param width characters of a line
   */
  public String text(int width) {
    Set<String> names = new LinkedHashSet<>();
    figures.values().forEach(row -> names.addAll(row.keySet()));
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(figures.keySet());
    TextTable table = TextTable.of(header.toArray(String[]::new));
    for (String name : names) {
      List<String> cells = new ArrayList<>(List.of(name));
      figures.values().stream()
          .map(row -> row.containsKey(name) ? row.get(name).toString() : "")
          .forEach(cells::add);
      table.row(cells.toArray(String[]::new));
    }
    StringBuilder text = new StringBuilder(table.text(width));
    if (repetition.splits() * repetition.generations() > 1) {
      text.append(
          String.format(
              Locale.ROOT,
              "mean ± standard deviation over %d splits × %d generations; %.1f s a training%n",
              repetition.splits(),
              repetition.generations(),
              trainingSeconds.mean()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "real data: held-out rows (what a perfect generator reaches); columns shuffled: no relation kept%n"));
    notes.forEach(note -> text.append(note).append(System.lineSeparator()));
    return text.toString();
  }
}
