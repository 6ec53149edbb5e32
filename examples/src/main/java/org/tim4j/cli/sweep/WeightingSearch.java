package org.tim4j.cli.sweep;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.AdamWSpace;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.space.TransportSpace;
import org.tim4j.cli.data.ImageSource;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.training.RunSettings;

/**
 * The search behind {@code tim sweep --data}: points of the interval weighting, its σ_d, the ratios
 * of the interval draws, the law of the times and the learning rate, scored by the Fréchet distance
 * of samples of one network evaluation.
 */
public final class WeightingSearch {
  private static final int SAMPLES = 1000;
  private static final List<String> SMALL =
      List.of(
          "hidden=64",
          "depth=3",
          "heads=4",
          "modulationRank=21",
          "batchSize=64",
          "learningRate=2e-3",
          "average.decay=0.99");

  private WeightingSearch() {}

  /**
   * Returns the settings that candidates share unless the search varies them: those of {@code tim
   * train} with a small network that learns fast, because a sweep is many trainings.
   */
  private static RunSettings settings(String data, List<String> overrides, long seed) {
    ImageSet images = ImageSource.parse(data).load().train();
    int classes = images.classNames().size();
    RunSettings defaults = RunSettings.forImages(images.shape(), classes);
    RunSettings changed = defaults.with(SMALL).with(overrides);
    changed.requireFits(images.shape(), classes);
    return new RunSettings(changed.network(), changed.training().toBuilder().seed(seed).build());
  }

  /** Returns the space around given settings, which holds the paper's weighting. */
  private static TransitionSpace space(RunSettings settings, Budget budget) {
    return new TransitionSpace.Builder(settings.network(), settings.training())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-2, 1))
                .warp(new DiscreteParameterSpace<>(TimeWarp.NONE, TimeWarp.TANGENT))
                .measure(new DiscreteParameterSpace<>(IntervalMeasure.values()))
                .build())
        .intervals(
            new IntervalSamplerSpace.Builder()
                .diffusionRatio(new ContinuousParameterSpace(0.1, 0.8))
                .consistencyRatio(new ContinuousParameterSpace(0, 0.2))
                .build())
        .transport(
            new TransportSpace.Builder()
                .timeMean(new ContinuousParameterSpace(-1.5, 1))
                .timeStd(new ContinuousParameterSpace(0.5, 1.5))
                .sigmaData(new ContinuousParameterSpace(0.25, 2))
                .build())
        .optimizer(
            new AdamWSpace.Builder(settings.training().optimizer())
                .learningRate(new ContinuousParameterSpace(new LogUniformDistribution(3e-4, 1e-2)))
                .build())
        .budget(budget)
        .build();
  }

  /**
   * Returns the plan.
   *
   * @param data name of the data set
   * @param overrides settings that candidates share, by name
   * @throws org.tim4j.layers.base.InvalidInputException if the data cannot be read or the settings
   *     do not fit it
   */
  public static SweepPlan plan(String data, List<String> overrides, SweepPlan.Effort effort) {
    RunSettings settings = settings(data, overrides, effort.seed());
    OptimizationConfiguration search =
        effort.configuration(
            space(settings, effort.budget()),
            new FrechetScore(SAMPLES, effort.seed(), 1),
            ImageData.class,
            ImageData.properties(data));
    return new SweepPlan(
        search,
        search,
        TransitionCandidate.of(settings.network(), settings.training(), effort.budget()),
        List.of(
            SweepPlan.EXPONENT,
            new SweepPlan.Axis("sigma.png", "/training/transport/sigmaData", "σ of the data")));
  }
}
