package org.tim4j.cli.table;

import java.util.Set;
import java.util.TreeSet;
import org.tim4j.tribuo.evaluation.SyntheticTraining;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.RowSplit;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

/**
 * Train on synthetic, test on real: macro-F1 of Tribuo's classifiers on held-out rows. Of large
 * tables every class gives a part, always the same.
 */
final class ClassJudges implements StudyJudges {
  private static final int MAX_TRAINING = 8000;
  private static final int MAX_TEST = 2000;

  private final LabelledTable training;
  private final MutableDataset<Label> test;

  ClassJudges(LabelledTable training, LabelledTable heldOut) {
    this.training = training;
    this.test = part(heldOut, MAX_TEST).dataset(new LabelFactory());
  }

  @Override
  public void ofReal(Figures figures) {
    ofSynthetic(training, "real data", figures);
  }

  /** A class that generated rows lack has the F1 0. */
  @Override
  public void ofSynthetic(LabelledTable synthetic, String row, Figures figures) {
    if (synthetic.labels().isEmpty()) {
      return;
    }
    MutableDataset<Label> rows = part(synthetic, MAX_TRAINING).dataset(new LabelFactory());
    Set<String> there = new TreeSet<>();
    rows.getOutputs().forEach(label -> there.add(label.getLabel()));
    MutableDataset<Label> known =
        new MutableDataset<>(test.getSourceProvenance(), test.getOutputFactory());
    for (Example<Label> example : test) {
      if (there.contains(example.getOutput().getLabel())) {
        known.add(example.copy());
      }
    }
    if (known.size() == 0 || there.size() < 2) {
      figures.add(row, "macro-F1", 0);
      return;
    }
    double share = known.getOutputs().size() / (double) test.getOutputs().size();
    MutableDataset<Label> dense = DenseRows.of(rows, rows);
    SyntheticTraining scores =
        SyntheticTraining.of(Judges.classifiers(dense), dense, DenseRows.of(known, rows));
    figures.add(row, "macro-F1", share * scores.mean());
    scores.macroF1().forEach((name, f1) -> figures.add(row, name, share * f1));
  }

  private static LabelledTable part(LabelledTable table, int most) {
    int rows = table.table().rows();
    return rows <= most
        ? table
        : table.select(RowSplit.of(table, most / (double) rows, 0).training());
  }

  @Override
  public StudyRows train(long seed) {
    return new StudyRows() {
      @Override
      public void judge(int evaluations, String row, Figures figures) {}

      @Override
      public void close() {}
    };
  }
}
