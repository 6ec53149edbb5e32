package org.tim4j.cli.table;

import java.util.Arrays;
import java.util.function.Function;
import org.tim4j.tribuo.TimRegressionModel;
import org.tim4j.tribuo.TimRegressionTrainer;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.evaluation.SampleScores;
import org.tim4j.tribuo.table.LabelledTable;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * A probabilistic regression beside Tribuo's regressors: R² of the mean, continuous ranked
 * probability score (the mean absolute error of those that predict a number alone), and how often
 * the central 90 % interval holds the true value. Of several labels the first is judged.
 */
final class NumberJudges implements StudyJudges {
  private static final int SAMPLES = 100;
  private static final double INTERVAL = 0.9;

  private final MutableDataset<Regressor> training;
  private final MutableDataset<Regressor> test;
  private final String label;
  private final TransitionSettings settings;

  NumberJudges(LabelledTable training, LabelledTable heldOut, TransitionSettings settings) {
    this.training = training.dataset(new RegressionFactory());
    this.test = heldOut.dataset(new RegressionFactory());
    this.label = training.labels().get(0);
    this.settings = settings;
  }

  @Override
  public void ofReal(Figures figures) {
    MutableDataset<Regressor> dense = DenseRows.of(training, training);
    MutableDataset<Regressor> denseTest = DenseRows.of(test, training);
    Judges.regressions(dense)
        .forEach(
            (name, trainer) -> {
              Model<Regressor> model = trainer.train(dense);
              scores(denseTest, e -> new double[] {value(model.predict(e).getOutput())})
                  .addTo(figures, name);
            });
  }

  @Override
  public void ofSynthetic(LabelledTable synthetic, String row, Figures figures) {}

  @Override
  public StudyRows train(long seed) {
    TimRegressionModel model =
        new TimRegressionTrainer(settings, Scaling.STANDARD, seed).train(training);
    return new StudyRows() {
      @Override
      public void judge(int evaluations, String row, Figures figures) {
        Scores scores = scores(test, e -> samples(model, e, evaluations, seed));
        scores.addTo(figures, row);
        figures.add(row, "90 % coverage", scores.coverage());
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }

  private double[] samples(
      TimRegressionModel model, Example<Regressor> example, int evaluations, long seed) {
    return model.sample(example, SAMPLES, evaluations, seed).stream()
        .mapToDouble(this::value)
        .toArray();
  }

  private double value(Regressor output) {
    return output.getDimension(label).orElseThrow().getValue();
  }

  /**
   * @param r2 share of the variance that the mean explains
   * @param crps continuous ranked probability score, in units of the output
   * @param coverage how often the central interval holds the true value
   */
  private record Scores(double r2, double crps, double coverage) {
    void addTo(Figures figures, String row) {
      figures.add(row, "R²", r2);
      figures.add(row, "CRPS", crps);
    }
  }

  private Scores scores(
      MutableDataset<Regressor> rows, Function<Example<Regressor>, double[]> predictor) {
    double mean = 0;
    for (Example<Regressor> example : rows) {
      mean += value(example.getOutput()) / rows.size();
    }
    double residual = 0;
    double total = 0;
    double crps = 0;
    double covered = 0;
    for (Example<Regressor> example : rows) {
      double truth = value(example.getOutput());
      double[] samples = predictor.apply(example);
      double predicted = Arrays.stream(samples).average().orElseThrow();
      residual += (truth - predicted) * (truth - predicted);
      total += (truth - mean) * (truth - mean);
      crps += SampleScores.continuousRankedProbabilityScore(samples, truth);
      covered += SampleScores.covers(samples, truth, INTERVAL) ? 1 : 0;
    }
    return new Scores(1 - residual / total, crps / rows.size(), covered / rows.size());
  }
}
