package org.tim4j.cli.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tim4j.tribuo.TimRegressionModel;
import org.tim4j.tribuo.TimRegressionTrainer;
import org.tim4j.tribuo.config.TransitionSettings;
import org.tim4j.tribuo.encoding.Scaling;
import org.tim4j.tribuo.evaluation.SampleScores;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * A probabilistic regression beside Tribuo's regressors: R² of the mean, continuous ranked
 * probability score (the mean absolute error of those that predict a number alone), and how often
 * the central 90 % interval holds the true value.
 *
 * @param table the rows
 * @param repetition how often
 * @param settings network and training
 */
public record RegressionStudy(CsvTable table, Repetition repetition, TransitionSettings settings) {
  private static final int SAMPLES = 100;
  private static final double INTERVAL = 0.9;

  /** Runs the study; {@code progress} is told what is going on. */
  public TableReport run(Consumer<String> progress) {
    Figures figures = new Figures();
    List<Double> seconds = new ArrayList<>();
    for (int split = 1; split <= repetition.splits(); split++) {
      TrainTestSplitter<Regressor> parts =
          new TrainTestSplitter<>(
              table.rows(new RegressionFactory()), Repetition.TRAINING_SHARE, split);
      MutableDataset<Regressor> training = new MutableDataset<>(parts.getTrain());
      MutableDataset<Regressor> test = new MutableDataset<>(parts.getTest());
      MutableDataset<Regressor> dense = DenseRows.of(training, training);
      MutableDataset<Regressor> denseTest = DenseRows.of(test, training);
      Judges.regressions(dense)
          .forEach(
              (name, trainer) -> {
                Model<Regressor> model = trainer.train(dense);
                Scores.of(denseTest, e -> new double[] {value(model.predict(e).getOutput())})
                    .addTo(figures, name);
              });
      for (int generation = 0; generation < repetition.generations(); generation++) {
        progress.accept("split %d, generation %d".formatted(split, generation + 1));
        long seed = Repetition.seed(split, generation);
        long start = System.nanoTime();
        try (TimRegressionModel model =
            new TimRegressionTrainer(settings, Scaling.STANDARD, seed).train(training)) {
          seconds.add((System.nanoTime() - start) * 1e-9);
          for (int evaluations : repetition.evaluations()) {
            String row = "NFE " + evaluations;
            Scores scores = Scores.of(test, e -> samples(model, e, evaluations, seed));
            scores.addTo(figures, row);
            figures.add(row, "90 % coverage", scores.coverage());
          }
        }
      }
    }
    return new TableReport(table.toString(), repetition, figures.summaries(), Summary.of(seconds));
  }

  private static double[] samples(
      TimRegressionModel model, Example<Regressor> example, int evaluations, long seed) {
    return model.sample(example, SAMPLES, evaluations, seed).stream()
        .mapToDouble(RegressionStudy::value)
        .toArray();
  }

  private static double value(Regressor output) {
    return output.getValues()[0];
  }

  /**
   * @param r2 share of the variance that the mean explains
   * @param crps continuous ranked probability score, in units of the output
   * @param coverage how often the central interval holds the true value
   */
  private record Scores(double r2, double crps, double coverage) {
    static Scores of(
        MutableDataset<Regressor> test, Function<Example<Regressor>, double[]> predictor) {
      double mean = 0;
      for (Example<Regressor> example : test) {
        mean += value(example.getOutput()) / test.size();
      }
      double residual = 0;
      double total = 0;
      double crps = 0;
      double covered = 0;
      for (Example<Regressor> example : test) {
        double truth = value(example.getOutput());
        double[] samples = predictor.apply(example);
        double predicted = Arrays.stream(samples).average().orElseThrow();
        residual += (truth - predicted) * (truth - predicted);
        total += (truth - mean) * (truth - mean);
        crps += SampleScores.continuousRankedProbabilityScore(samples, truth);
        covered += SampleScores.covers(samples, truth, INTERVAL) ? 1 : 0;
      }
      return new Scores(1 - residual / total, crps / test.size(), covered / test.size());
    }

    void addTo(Figures figures, String row) {
      figures.add(row, "R²", r2);
      figures.add(row, "CRPS", crps);
    }
  }
}
