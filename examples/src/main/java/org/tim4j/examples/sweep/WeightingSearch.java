package org.tim4j.examples.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.space.TransportSpace;
import org.tim4j.examples.data.ImageSet;
import org.tim4j.examples.data.ImageSource;
import org.tim4j.examples.run.Overrides;
import org.tim4j.examples.run.RunSettings;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.TimeWarp;

/**
 * The search behind {@code tim sweep --data}: points of the interval weighting, its σ_d and the
 * ratios of the interval draws, scored by the Fréchet distance of samples of one network
 * evaluation.
 */
public final class WeightingSearch {
  /** Where a candidate's settings hold the exponent of the interval weighting. */
  public static final String EXPONENT = "/training/loss/weighting/exponent";

  /** Where a candidate's settings hold σ_d. */
  public static final String SIGMA_DATA = "/training/transport/sigmaData";

  private static final int SAMPLES = 1000;
  private static final Map<String, String> SMALL =
      Map.of("hidden", "64", "depth", "3", "heads", "4", "modulationRank", "21", "batchSize", "64");

  private WeightingSearch() {}

  /**
   * Returns the settings that candidates share unless the search varies them: those of {@code tim
   * train} with a small network, because a sweep is many trainings.
   *
   * @param data name of the data set
   * @param overrides settings of the user, by name
   * @throws org.tim4j.layers.InvalidInputException if the data cannot be read or the settings do
   *     not fit it
   */
  public static RunSettings settings(String data, Map<String, String> overrides, long seed) {
    ImageSet pictures = ImageSource.parse(data).load().train();
    int classes = pictures.classNames().size();
    RunSettings defaults = RunSettings.forPictures(pictures.shape(), classes);
    Map<String, String> all = new LinkedHashMap<>(SMALL);
    all.putAll(overrides);
    RunSettings changed = Overrides.apply(defaults, all);
    changed.requireFits(pictures.shape(), classes);
    return new RunSettings(changed.network(), changed.training().toBuilder().seed(seed).build());
  }

  /** Returns the space around given settings, which holds the paper's weighting. */
  public static TransitionSpace space(RunSettings settings, Budget budget) {
    return new TransitionSpace.Builder(settings.network(), settings.training())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-2, 0))
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
                .timeMean(-0.4)
                .sigmaData(new ContinuousParameterSpace(0.25, 2))
                .build())
        .budget(budget)
        .build();
  }

  /**
   * Returns a search.
   *
   * @param data name of the data set
   * @param candidates number of candidates
   * @param seed of the candidates and of the samples that score them
   */
  public static OptimizationConfiguration configuration(
      String data, Search search, TransitionSpace space, int candidates, long seed) {
    FrechetScore score = new FrechetScore(SAMPLES, seed, 1);
    return new OptimizationConfiguration.Builder()
        .candidateGenerator(search.generator(space, score, candidates, seed))
        .dataSource(PictureData.class, PictureData.properties(data))
        .scoreFunction(score)
        .terminationConditions(search.conditions(candidates))
        .rngSeed(seed)
        .build();
  }
}
