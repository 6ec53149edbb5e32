package org.tim4j.cli.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tim4j.cli.evaluate.Evaluator;
import org.tim4j.cli.evaluate.NfeFigures;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.model.ImageSampler;
import org.tim4j.objective.training.TransitionTrainer;

/**
 * Digits trained to the end by {@code fit} with the drop-in loss and early stopping, next to the
 * trainer: the difference of the figures must lie within what another seed changes.
 */
@Tag("study")
class DigitsFitStudyTest {
  private static final int STEPS = Integer.getInteger("tim.study.steps", 500);
  private static final int SEEDS = Integer.getInteger("tim.study.seeds", 3);
  private static final int BATCHES = 10;
  private static final int PER_CLASS = 180;
  private static final int[] NFE = {1, 2, 4, 8};

  private final Evaluator evaluator = new Evaluator(DigitsFit.DIGITS);

  @Test
  void theFiguresOfFitAreThoseOfTheTrainerWithinTheNoise() {
    List<SummaryStatistics> trained = new ArrayList<>();
    List<SummaryStatistics> fitted = new ArrayList<>();
    IntStream.range(0, NFE.length).forEach(k -> trained.add(new SummaryStatistics()));
    IntStream.range(0, NFE.length).forEach(k -> fitted.add(new SummaryStatistics()));
    for (int seed = 1; seed <= SEEDS; seed++) {
      DigitsFit digits = DigitsFit.of(seed, STEPS, BATCHES);
      TransitionTrainer trainer = digits.trainer();
      DigitsFit.Fitted fit = digits.fit();
      assertEquals(STEPS / BATCHES, fit.result().getTotalEpochs());
      System.out.printf(
          "seed %d: validation residual by epoch %s, best epoch %d%n",
          seed, fit.result().getScoreVsEpoch(), fit.result().getBestModelEpoch());
      for (int k = 0; k < NFE.length; k++) {
        trained.get(k).addValue(frechet("trainer", digits, trainer.averageNetwork(), NFE[k]));
        fitted.get(k).addValue(frechet("fit", digits, fit.average(), NFE[k]));
      }
    }
    for (int k = 0; k < NFE.length; k++) {
      double difference = Math.abs(trained.get(k).getMean() - fitted.get(k).getMean());
      System.out.printf(
          Locale.ROOT,
          "NFE %d: trainer %.3f +- %.3f, fit %.3f +- %.3f%n",
          NFE[k],
          trained.get(k).getMean(),
          trained.get(k).getStandardDeviation(),
          fitted.get(k).getMean(),
          fitted.get(k).getStandardDeviation());
      assertTrue(
          difference <= trained.get(k).getStandardDeviation(),
          "NFE " + NFE[k] + ": the means differ by " + difference);
    }
  }

  private double frechet(String way, DigitsFit digits, TimNetwork network, int nfe) {
    int[] classes = IntStream.range(0, 10 * PER_CLASS).map(i -> i % 10).toArray();
    ImageSampler sampler =
        new ImageSampler(
            network,
            digits.settings().training().transport(),
            ImageDescription.of("digits", DigitsFit.DIGITS.train()));
    ImageSet samples = sampler.sample(classes, nfe, 1, 1);
    NfeFigures figures = evaluator.figures(nfe, samples, 1);
    System.out.printf(
        Locale.ROOT,
        "%s, seed %d, NFE %d: distance %.3f, class agreement %.3f%n",
        way,
        digits.settings().training().seed(),
        nfe,
        figures.frechet(),
        figures.classAgreement());
    return figures.frechet();
  }
}
