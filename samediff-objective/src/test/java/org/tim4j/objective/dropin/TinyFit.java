package org.tim4j.objective.dropin;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;

/** A network, data and graphs small enough for tests of {@code fit}. */
final class TinyFit {
  private TinyFit() {}

  static final int BATCH = 8;
  static final int BATCHES_PER_EPOCH = 6;
  static final double RATE = 1e-2;

  /** So small that it does not matter that the two optimisers add it in different places. */
  static final double EPSILON = 1e-13;

  static TimNetworkConfig network(DataType type, TimRuntime runtime) {
    return TimNetworkConfig.builder()
        .channels(1)
        .patch(2)
        .hidden(16)
        .depth(1)
        .heads(2)
        .condition(new Condition.Classes(3, true))
        .dataType(type)
        .runtime(runtime)
        .build();
  }

  /** Without the adaptive scale, so that the score can fall. */
  static TrainingConfig config(int epochs) {
    return TrainingConfig.builder()
        .seed(5)
        .steps(epochs * BATCHES_PER_EPOCH)
        .batchSize(BATCH)
        .loss(
            new TransitionLoss(
                IntervalWeighting.standard(), DirectionalPart.NONE, SampleScale.NONE))
        .optimizer(new AdamWSettings(RATE, 0.9, 0.95, EPSILON, 0, Double.POSITIVE_INFINITY))
        .average(new AverageDecay(0.9, AverageDecay.WarmUp.RATIONAL))
        .build();
  }

  static InMemoryData data() {
    INDArray x =
        RandomStream.of(4, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, 12, 1, 4, 4).muli(0.2);
    INDArray classes = Nd4j.create(DataType.DOUBLE, 12, 1);
    for (int i = 0; i < 12; i++) {
      classes.putScalar(i, 0, i % 3);
      x.slice(i).addi(i % 3 - 1);
    }
    return new InMemoryData(new Examples(x, classes));
  }

  static ExamplesIterator examples(TrainingConfig config) {
    return new ExamplesIterator(data(), config.seed(), BATCH, BATCHES_PER_EPOCH);
  }

  static TransitionIterator transitions(TrainingConfig config, TimNetworkConfig network) {
    return TransitionIterator.forTraining(
        examples(config), new StateTransitionPreProcessor(config, network));
  }

  static ComputationGraph graph(TimNetworkConfig network) {
    return graph(network, base());
  }

  static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder().seed(3).updater(new Adam(RATE, 0.9, 0.95, EPSILON));
  }

  static ComputationGraph graph(TimNetworkConfig network, NeuralNetConfiguration.Builder base) {
    ComputationGraph graph =
        new ComputationGraph(TransitionGraph.configuration(network, config(1), base));
    graph.init();
    return graph;
  }
}
