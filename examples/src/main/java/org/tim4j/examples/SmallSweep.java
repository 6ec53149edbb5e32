package org.tim4j.examples;

import java.nio.file.Path;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.generator.SuccessiveHalvingGenerator;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.training.TrainingConfig;

/** Searches for the best interval weighting by successive halving. */
public final class SmallSweep {
  static SweepResult sweep(
      TimNetworkConfig network, TrainingConfig training, Budget budget, Path folder)
      throws Exception {
    TransitionSpace space =
        new TransitionSpace.Builder(network, training)
            .weighting(
                new IntervalWeightingSpace.Builder()
                    .exponent(new ContinuousParameterSpace(-2, 1)) // the paper's is -1/2
                    .measure(
                        new DiscreteParameterSpace<>(
                            IntervalMeasure.values())) // whole interval or t alone
                    .build())
            .intervals(
                new IntervalSamplerSpace.Builder()
                    .diffusionRatio(new ContinuousParameterSpace(0.1, 0.8))
                    .build())
            .budget(budget) // of the longest: Budget.steps(300) or Budget.seconds(20)
            .build();
    OptimizationConfiguration search =
        new OptimizationConfiguration.Builder()
            .candidateGenerator(new SuccessiveHalvingGenerator(space, 27, 3, 3, 1))
            .dataSource(Pictures.class, null) // your subclass of TransitionDataSource
            .scoreFunction(new FrechetScore(1000, 1, 1)) // 1,000 samples, seed 1, NFE 1
            .rngSeed(1)
            .build();
    SweepResult result =
        Sweep.builder(search).journal(folder.resolve("journal.jsonl")).build().run();
    return result;
  }
}
