package org.tim4j.arbiter.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tim4j.arbiter.candidate.CandidateRecord;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A sweep as files: {@code results.csv}, a row for each candidate, the best first, with a column
 * for every setting that varies; {@code best.json}, the settings of the best.
 */
public final class SweepReport {
  private static final List<String> COLUMNS =
      List.of("rank", "candidate", "outcome", "score", "steps", "seconds", "reason");

  private SweepReport() {}

  /** Returns the table of candidates as comma-separated values. */
  public static String csv(SweepResult result) {
    List<CandidateRecord> ranked = result.ranked();
    SettingsTable settings = new SettingsTable(ranked);
    List<String> varying = settings.varying();
    StringBuilder csv = new StringBuilder();
    List<String> header = new ArrayList<>(COLUMNS);
    header.addAll(varying);
    row(csv, header);
    for (int i = 0; i < ranked.size(); i++) {
      CandidateRecord candidate = ranked.get(i);
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(i + 1));
      cells.add(Integer.toString(candidate.index()));
      cells.add(candidate.outcome().name());
      cells.add(candidate.score() == null ? "" : candidate.score().toString());
      cells.add(Long.toString(candidate.steps()));
      cells.add(Double.toString(candidate.seconds()));
      cells.add(candidate.reason() == null ? "" : candidate.reason());
      for (String name : varying) {
        cells.add(settings.value(i, name));
      }
      row(csv, cells);
    }
    return csv.toString();
  }

  private static void row(StringBuilder csv, List<String> cells) {
    csv.append(cells.stream().map(SweepReport::quoted).collect(Collectors.joining(",")));
    csv.append('\n');
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /**
   * Writes the files.
   *
   * @param folder made if it is missing
   * @throws InvalidInputException if a file cannot be written
   */
  public static void write(SweepResult result, Path folder) {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("results.csv"), csv(result));
      if (result.bestConfiguration().isPresent()) {
        json.writeValue(
            folder.resolve("best.json").toFile(), result.bestConfiguration().orElseThrow());
      }
    } catch (IOException e) {
      throw new InvalidInputException("the report of the sweep cannot be written: " + e, e);
    }
  }
}
