package org.tim4j.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.tim4j.cli.table.StudyJudges.StudyRows;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputKind;
import org.tim4j.tribuo.table.RowSplit;
import org.tim4j.tribuo.table.TableModel;
import org.tim4j.tribuo.table.TableRequest;

/**
 * Generators are trained on 80 % of the rows of every class; what they generate is judged with the
 * help of the other 20 %. A training that fails is reported and does not undo those before it.
 *
 * @param table the real rows
 * @param repetition how often
 * @param settings network and training of the generators
 * @param regression network and training of the regressions, for labels of numbers
 */
public record TableStudy(
    LabelledTable table,
    Repetition repetition,
    TransitionSettings settings,
    TransitionSettings regression) {

  /**
   * Runs the study.
   *
   * @param progress told what is going on
   * @param finished given the report so far, after every split
   * @throws InvalidInputException if there are too few rows, or every training fails
   */
  public TableReport run(Consumer<String> progress, Consumer<TableReport> finished) {
    Figures figures = new Figures();
    List<Double> seconds = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    TableReport report = null;
    for (int split = 1; split <= repetition.splits(); split++) {
      RowSplit parts = RowSplit.of(table, Repetition.TRAINING_SHARE, split);
      requireRows(parts);
      if (split == 1 && !parts.alone().isEmpty()) {
        notes.add("only trained on, for want of a second row: " + String.join(", ", parts.alone()));
      }
      LabelledTable training = table.select(parts.training());
      LabelledTable heldOut = table.select(parts.heldOut());
      StudyJudges judges =
          table.kind() == OutputKind.CLASSES
              ? new ClassJudges(training, heldOut)
              : new NumberJudges(training, heldOut, regression);
      TableJudge judge = new TableJudge(training, heldOut, split);
      figures.addAll("real data", judge.floor());
      figures.addAll("columns shuffled", judge.ceiling());
      judges.ofReal(figures);
      for (int generation = 0; generation < repetition.generations(); generation++) {
        String name = String.format(Locale.ROOT, "split %d, generation %d", split, generation + 1);
        progress.accept(name);
        try {
          seconds.add(
              generation(Repetition.seed(split, generation), training, judge, judges, figures));
        } catch (RuntimeException e) {
          notes.add(name + " failed: " + e.getMessage());
          progress.accept(notes.get(notes.size() - 1));
        }
      }
      report =
          new TableReport(
              table.file().toString(), repetition, figures.summaries(), Summary.of(seconds), notes);
      finished.accept(report);
    }
    if (seconds.isEmpty()) {
      throw new InvalidInputException("no training succeeded: " + notes.get(notes.size() - 1));
    }
    return report;
  }

  private void requireRows(RowSplit parts) {
    if (parts.training().length < 2 || parts.heldOut().length < 1) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s has %d rows; with %d to train on and %d to test on nothing can be judged",
              table.file(),
              table.table().rows(),
              parts.training().length,
              parts.heldOut().length));
    }
  }

  /** Trains one generator and judges its rows; returns the seconds of the training. */
  private double generation(
      long seed, LabelledTable training, TableJudge judge, StudyJudges judges, Figures figures) {
    long start = System.nanoTime();
    try (TableModel<?> model = TableModel.train(training, settings, seed);
        StudyRows more = judges.train(seed)) {
      final double seconds = (System.nanoTime() - start) * 1e-9;
      for (int evaluations : repetition.evaluations()) {
        String row = "NFE " + evaluations;
        TableRequest request =
            new TableRequest(training.table().rows(), evaluations, seed, Map.of());
        LabelledTable synthetic = training.with(model.generate(request).table());
        figures.addAll(row, judge.of(synthetic.table()));
        judges.ofSynthetic(synthetic, row, figures);
        more.judge(evaluations, row, figures);
      }
      return seconds;
    }
  }
}
