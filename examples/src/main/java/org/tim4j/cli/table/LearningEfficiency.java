package org.tim4j.cli.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tim4j.tribuo.evaluation.RankAuc;
import org.tim4j.tribuo.evaluation.TableFeatures;
import org.tim4j.tribuo.table.LabelledTable;
import org.tim4j.tribuo.table.OutputKind;
import org.tim4j.tribuo.table.Table;
import org.tim4j.tribuo.table.TableColumn;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Machine-learning efficiency: XGBoost learns the first label from generated rows and is tested on
 * real ones. For classes the area under the ROC curve, mean over the classes against their rest; a
 * class that generated rows lack counts 0.5. For numbers the root of the mean squared error and R².
 */
final class LearningEfficiency {
  private final LabelledTable real;
  private final Table test;
  private final int target;
  private final TableFeatures features;

  /**
   * @param real says the label, and the scale of the features
   * @param test real rows
   */
  LearningEfficiency(LabelledTable real, Table test) {
    this.real = real;
    this.test = test;
    this.target = real.table().indexOf(real.labels().get(0));
    this.features = new TableFeatures(real.table(), Set.of(target));
  }

  Map<String, Double> of(Table rows) {
    return real.kind() == OutputKind.CLASSES ? ofClasses(rows) : ofNumbers(rows);
  }

  private Map<String, Double> ofClasses(Table rows) {
    TableColumn truth = test.columns().get(target);
    Set<String> there = new TreeSet<>();
    for (int row = 0; row < rows.rows(); row++) {
      there.add(text(rows.columns().get(target), row));
    }
    Set<String> tested = new TreeSet<>();
    for (int row = 0; row < test.rows(); row++) {
      tested.add(text(truth, row));
    }
    if (there.size() < 2 || tested.size() < 2) {
      return Map.of("XGBoost AUC", 0.5);
    }
    Model<Label> model =
        Judges.boosted()
            .train(
                dataset(
                    rows,
                    new LabelFactory(),
                    row -> new Label(text(rows.columns().get(target), row))));
    double sum = 0;
    Map<Integer, Map<String, Label>> scores = new LinkedHashMap<>();
    for (int row = 0; row < test.rows(); row++) {
      scores.put(
          row,
          model
              .predict(features.example(test, row, new Label(text(truth, row))))
              .getOutputScores());
    }
    for (String label : tested) {
      double[] positive = new double[test.rows()];
      boolean[] is = new boolean[test.rows()];
      for (int row = 0; row < is.length; row++) {
        positive[row] = there.contains(label) ? scores.get(row).get(label).getScore() : 0;
        is[row] = text(truth, row).equals(label);
      }
      sum += RankAuc.of(positive, is);
    }
    return Map.of("XGBoost AUC", sum / tested.size());
  }

  private static String text(TableColumn column, int row) {
    double value = column.values()[row];
    return Double.isNaN(value) ? "" : column.categories().get((int) value);
  }

  private Map<String, Double> ofNumbers(Table rows) {
    String name = real.labels().get(0);
    double[] values = rows.columns().get(target).values();
    Model<Regressor> model =
        Judges.boostedRegression()
            .train(dataset(rows, new RegressionFactory(), row -> new Regressor(name, values[row])));
    double[] truth = test.columns().get(target).values();
    double mean = Arrays.stream(truth).average().orElseThrow();
    double residual = 0;
    double total = 0;
    for (int row = 0; row < truth.length; row++) {
      double predicted =
          model
              .predict(features.example(test, row, new Regressor(name, truth[row])))
              .getOutput()
              .getValues()[0];
      residual += (truth[row] - predicted) * (truth[row] - predicted);
      total += (truth[row] - mean) * (truth[row] - mean);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("XGBoost RMSE", Math.sqrt(residual / truth.length));
    figures.put("XGBoost R²", 1 - residual / total);
    return figures;
  }

  /** The output of a row. */
  private interface Outputs<T extends Output<T>> {
    T of(int row);
  }

  private <T extends Output<T>> MutableDataset<T> dataset(
      Table rows, OutputFactory<T> factory, Outputs<T> outputs) {
    MutableDataset<T> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
    for (int row = 0; row < rows.rows(); row++) {
      dataset.add(features.example(rows, row, outputs.of(row)));
    }
    return dataset;
  }
}
