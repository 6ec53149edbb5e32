package org.tim4j.examples.sweep;

import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.space.TransportSpace;
import org.tim4j.examples.run.RunSettings;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.TimeWarp;

/**
 * The search behind {@code tim sweep}: random points of the interval weighting, its σ_d and the
 * ratios of the interval draws, scored by the Fréchet distance of samples of one network
 * evaluation.
 */
public final class WeightingSearch {
  private static final int SAMPLES = 500;

  private WeightingSearch() {}

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
   * Returns a random search.
   *
   * @param data name of the data set
   * @param candidates number of candidates
   * @param seed of the candidates and of the samples that score them
   */
  public static OptimizationConfiguration random(
      String data, TransitionSpace space, int candidates, long seed) {
    CandidateGenerator generator = new RandomSearchGenerator(space);
    return new OptimizationConfiguration.Builder()
        .candidateGenerator(generator)
        .dataSource(PictureData.class, PictureData.properties(data))
        .scoreFunction(new FrechetScore(SAMPLES, seed, 1))
        .terminationConditions(new MaxCandidatesCondition(candidates))
        .rngSeed(seed)
        .build();
  }
}
