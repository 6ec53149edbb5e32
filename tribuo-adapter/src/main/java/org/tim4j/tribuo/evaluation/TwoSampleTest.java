package org.tim4j.tribuo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Whether a classifier tells generated rows from real ones (C2ST), as SDMetrics' detection metrics:
 * the mean area under the ROC curve of three stratified folds, and the score {@code 1 - mean(2
 * max(AUC, 1/2) - 1)}.
 *
 * @param auc 0.5 if the rows cannot be told apart, 1 if they always can
 * @param score 1 if the rows cannot be told apart, 0 if they always can
 */
public record TwoSampleTest(double auc, double score) {
  private static final int FOLDS = 3;
  private static final String REAL = "real";
  private static final String SYNTHETIC = "synthetic";

  /**
   * Runs the test.
   *
   * @param classifier gives probabilities or scores
   * @param real at least three rows
   * @param synthetic at least three rows of the same columns
   * @param seed of the division into folds
   * @throws IllegalArgumentException if there are fewer rows
   */
  public static TwoSampleTest of(
      Trainer<Label> classifier, Table real, Table synthetic, long seed) {
    if (real.rows() < FOLDS || synthetic.rows() < FOLDS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d real and generated rows are needed, found %d and %d.",
              FOLDS,
              real.rows(),
              synthetic.rows()));
    }
    TableFeatures features = new TableFeatures(both(real, synthetic), Set.of());
    int[] realFolds = folds(real.rows(), seed, 0);
    int[] syntheticFolds = folds(synthetic.rows(), seed, 1);
    double auc = 0;
    double distance = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      LabelFactory factory = new LabelFactory();
      MutableDataset<Label> training =
          new MutableDataset<>(
              new SimpleDataSourceProvenance("real and generated rows", factory), factory);
      List<ArrayExample<Label>> test = new ArrayList<>();
      add(features, real, REAL, realFolds, fold, training, test);
      add(features, synthetic, SYNTHETIC, syntheticFolds, fold, training, test);
      double found = auc(classifier.train(training), test);
      auc += found / FOLDS;
      distance += (2 * Math.max(found, 0.5) - 1) / FOLDS;
    }
    return new TwoSampleTest(auc, 1 - distance);
  }

  private static Table both(Table a, Table b) {
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < a.columns().size(); i++) {
      double[] values = new double[a.rows() + b.rows()];
      System.arraycopy(a.columns().get(i).values(), 0, values, 0, a.rows());
      System.arraycopy(b.columns().get(i).values(), 0, values, a.rows(), b.rows());
      columns.add(
          new TableColumn(a.columns().get(i).name(), b.columns().get(i).categories(), values));
    }
    return new Table(columns);
  }

  private static int[] folds(int rows, long seed, int part) {
    int[] order = RandomStream.of(seed, part, Purpose.EVALUATION).permutation(rows);
    int[] folds = new int[rows];
    for (int i = 0; i < rows; i++) {
      folds[order[i]] = i % FOLDS;
    }
    return folds;
  }

  private static void add(
      TableFeatures features,
      Table table,
      String label,
      int[] folds,
      int fold,
      MutableDataset<Label> training,
      List<ArrayExample<Label>> test) {
    for (int row = 0; row < table.rows(); row++) {
      ArrayExample<Label> example = features.example(table, row, new Label(label));
      if (folds[row] == fold) {
        test.add(example);
      } else {
        training.add(example);
      }
    }
  }

  private static double auc(Model<Label> model, List<? extends Example<Label>> test) {
    double[] scores = new double[test.size()];
    boolean[] positive = new boolean[test.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = model.predict(test.get(i)).getOutputScores().get(SYNTHETIC).getScore();
      positive[i] = test.get(i).getOutput().getLabel().equals(SYNTHETIC);
    }
    return RankAuc.of(scores, positive);
  }
}
