package org.tim4j.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.generator.SuccessiveHalvingGenerator;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.sweep.Sweep;
import org.tim4j.arbiter.sweep.SweepResult;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;

/** The README's example of a sweep, on the smallest network; a test of the README compares it. */
class ReadmeSweepTest {
  /** The example's data source: the tiny one, with as many held-out pictures as it scores. */
  public static final class Pictures extends TransitionDataSource {
    private static final long serialVersionUID = 1;

    /** For Arbiter. */
    public Pictures() {}

    @Override
    public TrainingData trainData() {
      return new Tiny.Data().trainData();
    }

    @Override
    public Examples testData() {
      return new Tiny.Data().testData(1000);
    }
  }

  @Test
  void theExampleFindsACandidate(@TempDir Path folder) throws Exception {
    TimNetworkConfig network = Tiny.network();
    TrainingConfig training = Tiny.training();
    Budget budget = Budget.steps(9);

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

    assertEquals(27 * 1 + 9 * 2 + 3 * 6, result.steps());
    assertTrue(Double.isFinite(result.best().orElseThrow().score()));
    assertTrue(Files.size(folder.resolve("journal.jsonl")) > 0);
  }
}
