package org.tim4j.tribuo.evaluation;

import com.oracle.labs.mlrg.olcut.util.Pair;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Whether a classifier can tell synthetic rows from real ones. */
public final class Detection {
  private static final Label REAL = new Label("real");
  private static final Label SYNTHETIC = new Label("synthetic");

  private Detection() {}

  /**
   * The area under the ROC curve of a classifier of real against synthetic rows, mean over the
   * folds of a cross-validation.
   *
   * @param classifier a trainer whose models give probabilities or scores
   * @param folds at least 2, at most the number of rows
   * @param seed of the division into folds
   * @return about 0.5 if the rows cannot be told apart, 1 if they always can
   * @throws IllegalArgumentException if a data set is empty or {@code folds} is out of range
   */
  public static double areaUnderCurve(
      Trainer<Label> classifier, Dataset<?> real, Dataset<?> synthetic, int folds, long seed) {
    if (real.size() == 0 || synthetic.size() == 0) {
      throw new IllegalArgumentException(
          "Real and synthetic rows are needed, found "
              + real.size()
              + " and "
              + synthetic.size()
              + ".");
    }
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> both =
        new MutableDataset<>(
            new SimpleDataSourceProvenance("real and synthetic rows", factory), factory);
    addAll(both, real, REAL);
    addAll(both, synthetic, SYNTHETIC);
    if (folds < 2 || folds > both.size()) {
      throw new IllegalArgumentException(
          "folds must lie between 2 and the " + both.size() + " rows, found " + folds + ".");
    }
    double sum = 0;
    for (Pair<LabelEvaluation, ?> fold :
        new CrossValidation<>(classifier, both, new LabelEvaluator(), folds, seed).evaluate()) {
      sum += fold.getA().AUCROC(SYNTHETIC);
    }
    return sum / folds;
  }

  private static void addAll(MutableDataset<Label> to, Dataset<?> rows, Label label) {
    for (Example<?> row : rows) {
      ArrayExample<Label> copy = new ArrayExample<>(label);
      for (Feature feature : row) {
        copy.add(feature);
      }
      to.add(copy);
    }
  }
}
