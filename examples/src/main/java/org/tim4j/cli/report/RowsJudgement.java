package org.tim4j.cli.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.cli.table.Figures;
import org.tim4j.cli.table.Repetition;
import org.tim4j.cli.table.Summary;
import org.tim4j.cli.table.TableJudge;
import org.tim4j.cli.table.TableReport;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputFile;
import org.tim4j.tribuo.table.RowSplit;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableFile;

/**
 * Judges the rows of a file, which any generator may have made.
 *
 * @param real the real rows
 * @param synthetic the file of the others
 * @param heldOut a file of real rows that the generator did not see, or null
 * @param page where to write the comparison, or null
 * @param seed of all draws
 */
public record RowsJudgement(
    LabelledTable real, Path synthetic, Path heldOut, Path page, long seed) {
  /**
   * Reads and judges the rows.
   *
   * @throws InvalidInputException if a file is unusable
   */
  public TableReport run() {
    if (page != null) {
      OutputFile.requireWritable(page);
    }
    Table rows = read(synthetic, real.table());
    List<String> notes = new ArrayList<>();
    LabelledTable training = real;
    LabelledTable unseen;
    if (heldOut == null) {
      RowSplit parts = RowSplit.of(real, Repetition.TRAINING_SHARE, seed);
      if (parts.heldOut().length == 0) {
        throw new InvalidInputException(real.file() + " has too few rows to judge others by");
      }
      training = real.select(parts.training());
      unseen = real.select(parts.heldOut());
      notes.add(
          "the generator may have seen the held-out rows, a fifth of "
              + real.file()
              + "; --held-out FILE names rows that it did not see");
    } else {
      unseen = real.with(read(heldOut, rows));
    }
    TableJudge judge = new TableJudge(training, unseen, seed);
    Figures figures = new Figures();
    figures.addAll("real data", judge.floor());
    figures.addAll("columns shuffled", judge.ceiling());
    figures.addAll("synthetic", judge.of(rows));
    TableComparison comparison = TableComparison.of(real.table(), rows, seed);
    notes.add(comparison.summary());
    if (page != null) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("real rows", real.file().toString());
      settings.put("generated rows", synthetic.toString());
      settings.put("seed", Long.toString(seed));
      OutputFile.write(
          page,
          file ->
              Files.writeString(
                  file,
                  TablePage.of(
                      comparison, real.file().schema(), real.file().toString(), settings)));
    }
    return new TableReport(
        real.file().toString(),
        new Repetition(1, 1, List.of(1)),
        figures.summaries(),
        Summary.of(List.of()),
        notes);
  }

  private Table read(Path file, Table like) {
    return TableFile.openLike(file, real.file().schema()).tableLike(like);
  }
}
