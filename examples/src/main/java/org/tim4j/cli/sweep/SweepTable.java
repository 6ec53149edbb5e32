package org.tim4j.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.arbiter.candidate.Outcome;
import org.tim4j.arbiter.sweep.ScoreSummary;
import org.tim4j.arbiter.sweep.SettingsTable;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.cli.text.TextTable;

/** The outcome of a sweep as text. */
public final class SweepTable {
  private SweepTable() {}

  /**
   * Returns a row for each candidate, the best first, with the settings that vary.
   *
   * @param width characters of a line
   */
  public static String candidates(SweepResult result, int width) {
    List<CandidateRecord> ranked = result.ranked();
    SettingsTable settings = new SettingsTable(ranked);
    TextTable table = TextTable.of("candidate", "score", "seconds", "settings");
    for (int row = 0; row < ranked.size(); row++) {
      CandidateRecord candidate = ranked.get(row);
      List<String> words = new ArrayList<>();
      for (String name : settings.varying()) {
        String value = settings.value(row, name);
        boolean isLong = value.matches("-?[0-9]+\\.[0-9]{4,}.*");
        words.add(
            name.substring(name.lastIndexOf('.') + 1)
                + "="
                + (isLong ? number(Double.parseDouble(value)) : value));
      }
      if (candidate.outcome() != Outcome.COMPLETE) {
        words.add(candidate.reason());
      }
      table.row(
          Integer.toString(candidate.index()),
          candidate.score() == null ? "failed" : number(candidate.score()),
          String.format(Locale.ROOT, "%.1f", candidate.seconds()),
          String.join(" ", words));
    }
    return table.text(width);
  }

  /** Returns a row for each repeated training, and by how much the first is better. */
  public static String repeated(List<SweepRun.Repeated> repeated) {
    StringBuilder text = new StringBuilder();
    for (SweepRun.Repeated each : repeated) {
      ScoreSummary scores = each.scores();
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s %.3f ± %.3f over %d seeds",
              each.name(),
              scores.mean(),
              scores.standardDeviation(),
              scores.scores().size()));
      if (each != repeated.get(0)) {
        ScoreSummary best = repeated.get(0).scores();
        text.append(
            String.format(
                Locale.ROOT,
                "; the best is better by %.3f ± %.3f",
                scores.mean() - best.mean(),
                scores.standardErrorOfDifference(best)));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
