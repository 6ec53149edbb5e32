package org.tim4j.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tim4j.tribuo.TimModel;
import org.tim4j.tribuo.TimTrainer;
import org.tim4j.tribuo.condition.LabelConditionConverter;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.evaluation.ClosestRecord;
import org.tim4j.tribuo.evaluation.Detection;
import org.tim4j.tribuo.evaluation.SyntheticTraining;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.evaluation.TrainTestSplitter;

/**
 * Train on synthetic, test on real: generators are trained on 80 % of the rows, generate as many
 * rows of each class, and classifiers that saw only those are tested on the other 20 %.
 *
 * @param table the real rows
 * @param repetition how often
 * @param settings network and training of the generators
 */
public record ClassificationStudy(
    CsvTable table, Repetition repetition, TransitionSettings settings) {
  private static final int FOLDS = 5;

  /** Runs the study; {@code progress} is told what is going on. */
  public TableReport run(Consumer<String> progress) {
    Figures figures = new Figures();
    List<Double> seconds = new ArrayList<>();
    for (int split = 1; split <= repetition.splits(); split++) {
      TrainTestSplitter<Label> parts =
          new TrainTestSplitter<>(table.rows(new LabelFactory()), Repetition.TRAINING_SHARE, split);
      MutableDataset<Label> training = new MutableDataset<>(parts.getTrain());
      MutableDataset<Label> test = new MutableDataset<>(parts.getTest());
      score("real data", training, test, figures);
      for (int generation = 0; generation < repetition.generations(); generation++) {
        progress.accept("split %d, generation %d".formatted(split, generation + 1));
        long seed = Repetition.seed(split, generation);
        long start = System.nanoTime();
        try (TimModel<Label> model =
            new TimTrainer<>(new LabelConditionConverter(), settings, seed).train(training)) {
          seconds.add((System.nanoTime() - start) * 1e-9);
          judge(model, seed, training, test, figures);
        }
      }
    }
    return new TableReport(table.toString(), repetition, figures.summaries(), Summary.of(seconds));
  }

  private void judge(
      TimModel<Label> model,
      long seed,
      MutableDataset<Label> training,
      MutableDataset<Label> test,
      Figures figures) {
    List<Label> outputs = new ArrayList<>();
    for (Example<Label> example : training) {
      outputs.add(example.getOutput());
    }
    for (int evaluations : repetition.evaluations()) {
      String row = "NFE " + evaluations;
      MutableDataset<Label> synthetic =
          new MutableDataset<>(model.generate(outputs, evaluations, seed));
      score(row, synthetic, test, figures);
      figures.add(row, "closest record", new ClosestRecord(training).medianRatio(synthetic, test));
      TableFidelity fidelity = TableFidelity.of(training, synthetic);
      figures.add(row, "columns", fidelity.columns());
      figures.add(row, "correlations", fidelity.correlations());
      figures.add(
          row,
          "detection AUC",
          Detection.areaUnderCurve(Judges.detector(), training, synthetic, FOLDS, seed));
    }
  }

  private static void score(
      String row, MutableDataset<Label> training, MutableDataset<Label> test, Figures figures) {
    MutableDataset<Label> dense = DenseRows.of(training, training);
    SyntheticTraining scores =
        SyntheticTraining.of(Judges.classifiers(dense), dense, DenseRows.of(test, training));
    figures.add(row, "macro-F1", scores.mean());
    scores.macroF1().forEach((name, f1) -> figures.add(row, name, f1));
  }
}
