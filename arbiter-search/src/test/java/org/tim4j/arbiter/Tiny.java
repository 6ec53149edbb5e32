package org.tim4j.arbiter;

import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.arbiter.candidate.Budget;
import org.tim4j.arbiter.score.FrechetScore;
import org.tim4j.arbiter.space.IntervalSamplerSpace;
import org.tim4j.arbiter.space.IntervalWeightingSpace;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.arbiter.space.TransportSpace;
import org.tim4j.arbiter.task.TransitionDataSource;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingData;

/** The smallest network, data and spaces that a sweep can be made of. */
public final class Tiny {
  private Tiny() {}

  /** A network of one block for pictures of one channel. */
  public static TimNetworkConfig network() {
    return TimNetworkConfig.builder()
        .channels(1)
        .patch(2)
        .hidden(8)
        .depth(1)
        .heads(1)
        .condition(new Condition.Classes(2, true))
        .runtime(TimRuntime.FUSED)
        .build();
  }

  /** A few steps of training. */
  public static TrainingConfig training() {
    return TrainingConfig.builder()
        .seed(3)
        .steps(4)
        .batchSize(8)
        .optimizer(AdamWSettings.published().withLearningRate(1e-2))
        .average(new AverageDecay(0.9, AverageDecay.WarmUp.RATIONAL))
        .build();
  }

  /** A space of interval weightings, draws and transports with five parameters. */
  public static TransitionSpace space() {
    return new TransitionSpace.Builder(network(), training())
        .weighting(
            new IntervalWeightingSpace.Builder()
                .exponent(new ContinuousParameterSpace(-1, 0))
                .warp(new DiscreteParameterSpace<>(TimeWarp.NONE, TimeWarp.TANGENT))
                .build())
        .intervals(
            new IntervalSamplerSpace.Builder()
                .diffusionRatio(new ContinuousParameterSpace(0.25, 0.75))
                .build())
        .transport(
            new TransportSpace.Builder()
                .timeMean(new ContinuousParameterSpace(-1, 1))
                .sigmaData(new DiscreteParameterSpace<>(0.5, 1.0))
                .build())
        .budget(Budget.steps(4))
        .build();
  }

  /** A sweep of so many candidates, scored by the Fréchet distance of one step. */
  public static OptimizationConfiguration configuration(CandidateGenerator generator, int limit) {
    return new OptimizationConfiguration.Builder()
        .candidateGenerator(generator)
        .dataSource(Data.class, null)
        .scoreFunction(new FrechetScore(24, 5, 1))
        .terminationConditions(new MaxCandidatesCondition(limit))
        .rngSeed(11)
        .build();
  }

  /** Noise around two classes of 4×4 pictures. */
  public static final class Data extends TransitionDataSource {
    private static final long serialVersionUID = 1;

    /** For Arbiter. */
    public Data() {}

    @Override
    public TrainingData trainData() {
      return new InMemoryData(examples(32, 0));
    }

    @Override
    public Examples testData() {
      return examples(24, 1);
    }

    /** So many held-out examples. */
    public Examples testData(int count) {
      return examples(count, 1);
    }

    private static Examples examples(int count, long part) {
      INDArray x =
          RandomStream.of(9, part, Purpose.DATA_SPLIT).gaussians(DataType.FLOAT, count, 1, 4, 4);
      INDArray classes = Nd4j.create(DataType.FLOAT, count, 1);
      for (int i = 0; i < count; i++) {
        int label = i % 2;
        classes.putScalar(i, label);
        x.slice(i).muli(0.3).addi(label == 0 ? -0.7 : 0.7);
      }
      return new Examples(x, classes);
    }
  }
}
