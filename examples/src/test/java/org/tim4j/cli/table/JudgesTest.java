package org.tim4j.cli.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.junit.jupiter.api.Test;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputKind;
import org.tim4j.tribuo.table.RowSplit;
import org.tim4j.tribuo.table.TableFile;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** The learners that judge reach what reference implementations do, on real data. */
class JudgesTest {
  private static final Path TABLES =
      Path.of("../tribuo-adapter/src/test/resources/org/tim4j/tribuo");

  private static LabelledTable table(String name, OutputKind kind) {
    return LabelledTable.of(TableFile.open(TABLES.resolve(name)), List.of("y"), kind);
  }

  @Test
  void linearRegressionIsLeastSquares() {
    LabelledTable table = table("diabetes.csv", OutputKind.NUMBERS);
    RowSplit split = RowSplit.of(table, 0.8, 1);
    MutableDataset<Regressor> training =
        table.select(split.training()).dataset(new RegressionFactory());
    MutableDataset<Regressor> test = table.select(split.heldOut()).dataset(new RegressionFactory());
    Model<Regressor> model = Judges.regressions(training).get("linear regression").train(training);
    double[] weights =
        new QRDecomposition(new Array2DRowRealMatrix(design(training)))
            .getSolver()
            .solve(new ArrayRealVector(outputs(training)))
            .toArray();
    double[][] x = design(test);
    double[] y = outputs(test);
    double[] ours = new double[y.length];
    double[] exact = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      ours[i] = model.predict(test.getExample(i)).getOutput().getValues()[0];
      exact[i] = new ArrayRealVector(x[i]).dotProduct(new ArrayRealVector(weights));
      assertEquals(exact[i], ours[i], 0.5, "row " + i); // Of outputs from 25 to 346.
    }
    assertEquals(r2(exact, y), r2(ours, y), 0.001);
    assertTrue(r2(exact, y) > 0.4, "R² " + r2(exact, y));
  }

  private static double[][] design(MutableDataset<Regressor> rows) {
    double[][] design = new double[rows.size()][rows.getFeatureMap().size() + 1];
    for (int i = 0; i < design.length; i++) {
      int column = 0;
      design[i][column++] = 1;
      for (Feature feature : rows.getExample(i)) {
        design[i][column++] = feature.getValue();
      }
    }
    return design;
  }

  private static double[] outputs(MutableDataset<Regressor> rows) {
    return rows.getData().stream().mapToDouble(e -> e.getOutput().getValues()[0]).toArray();
  }

  private static double r2(double[] predicted, double[] truth) {
    double mean = java.util.Arrays.stream(truth).average().orElseThrow();
    double residual = 0;
    double total = 0;
    for (int i = 0; i < truth.length; i++) {
      residual += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
      total += (truth[i] - mean) * (truth[i] - mean);
    }
    return 1 - residual / total;
  }

  /** The optimum of the penalised likelihood has the gradient w + C Σ (p - y) x = 0. */
  @Test
  void logisticRegressionIsTheOptimumOfTheLikelihood() {
    LabelledTable table = table("breast_cancer.csv", OutputKind.CLASSES);
    MutableDataset<Label> rows = table.dataset(new LabelFactory());
    Model<Label> model = Judges.classifiers(rows).get("logistic regression").train(rows);
    int features = rows.getFeatureMap().size();
    double[] mean = new double[features];
    double[] deviation = new double[features];
    double[][] x = new double[rows.size()][features];
    for (int i = 0; i < x.length; i++) {
      int column = 0;
      for (Feature feature : rows.getExample(i)) {
        x[i][column++] = feature.getValue();
      }
    }
    for (int j = 0; j < features; j++) {
      for (double[] row : x) {
        mean[j] += row[j] / x.length;
      }
      for (double[] row : x) {
        deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / (x.length - 1);
      }
      deviation[j] = Math.sqrt(deviation[j]);
    }
    double[] slope = new double[features];
    String positive = rows.getOutputs().iterator().next().getLabel();
    for (int i = 0; i < x.length; i++) {
      Example<Label> example = rows.getExample(i);
      double p = model.predict(example).getOutputScores().get(positive).getScore();
      double error = (example.getOutput().getLabel().equals(positive) ? 1 : 0) - p;
      for (int j = 0; j < features; j++) {
        slope[j] += error * (x[i][j] - mean[j]) / deviation[j];
      }
    }
    // At the optimum these are the weights, and so give back the log-odds of the predictions.
    double[] odds = new double[2];
    double[] linear = new double[2];
    for (int i = 0; i < 2; i++) {
      double p = model.predict(rows.getExample(i)).getOutputScores().get(positive).getScore();
      odds[i] = Math.log(p / (1 - p));
      for (int j = 0; j < features; j++) {
        linear[i] += slope[j] * (x[i][j] - mean[j]) / deviation[j];
      }
    }
    assertEquals(odds[0] - odds[1], linear[0] - linear[1], 0.05 * Math.abs(odds[0] - odds[1]));
  }

  @Test
  void classifiersReachTheirUsualAccuracy() {
    LabelledTable table = table("breast_cancer.csv", OutputKind.CLASSES);
    RowSplit split = RowSplit.of(table, 0.8, 1);
    MutableDataset<Label> training = table.select(split.training()).dataset(new LabelFactory());
    MutableDataset<Label> test = table.select(split.heldOut()).dataset(new LabelFactory());
    Judges.classifiers(training)
        .forEach(
            (name, trainer) -> {
              double accuracy =
                  new LabelEvaluator().evaluate(trainer.train(training), test).accuracy();
              assertTrue(accuracy > 0.93, name + " " + accuracy);
            });
  }
}
