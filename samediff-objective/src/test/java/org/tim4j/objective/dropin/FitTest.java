package org.tim4j.objective.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.AdamWSettings;
import org.tim4j.objective.training.AverageDecay;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.InMemoryData;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionTrainer;

/** A user's own iterator and Deeplearning4j's own training. */
class FitTest {
  private static final int BATCH = 8;
  private static final int BATCHES_PER_EPOCH = 6;
  private static final double RATE = 1e-2;

  /** So small that it does not matter that the two optimisers add it in different places. */
  private static final double EPSILON = 1e-13;

  private static TimNetworkConfig network(DataType type, TimRuntime runtime) {
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
  private static TrainingConfig config(int epochs) {
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

  private static InMemoryData data() {
    INDArray x =
        RandomStream.of(4, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, 12, 1, 4, 4).muli(0.2);
    INDArray classes = Nd4j.create(DataType.DOUBLE, 12, 1);
    for (int i = 0; i < 12; i++) {
      classes.putScalar(i, 0, i % 3);
      x.slice(i).addi(i % 3 - 1);
    }
    return new InMemoryData(new Examples(x, classes));
  }

  private static Pictures iterator(TrainingConfig config, TimNetworkConfig network) {
    return iterator(config.seed(), new StateTransitionPreProcessor(config, network));
  }

  private static Pictures iterator(long seed, StateTransitionPreProcessor preProcessor) {
    Pictures pictures = new Pictures(data(), seed, BATCH, BATCHES_PER_EPOCH);
    pictures.setPreProcessor(preProcessor);
    return pictures;
  }

  private static ComputationGraph graph(TimNetworkConfig network) {
    ComputationGraph graph =
        new ComputationGraph(
            TransitionGraph.configuration(
                network,
                new NeuralNetConfiguration.Builder().updater(new Adam(RATE, 0.9, 0.95, EPSILON)),
                config(1).loss(),
                4,
                4));
    graph.init();
    return graph;
  }

  /** With one optimiser and one seed both ways make the same steps. */
  @Test
  void fitTrainsAsTheTrainerDoes() {
    TimNetworkConfig network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TimNetwork start = TimNetwork.create(network, 11);
    TransitionTrainer trainer = new TransitionTrainer(start.copy(), config(2), data(), List.of());
    List<Double> losses = new ArrayList<>();
    while (trainer.stepsMade() < trainer.config().steps()) {
      losses.add(trainer.step().loss());
    }

    ComputationGraph graph = graph(network);
    TransitionGraph.setParameters(graph, start);
    List<Double> scores = new ArrayList<>();
    graph.setListeners(
        new ScoreIterationListener(10),
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            scores.add(model.score());
          }
        });
    graph.fit(iterator(config(2), network), 2);

    assertEquals(losses.size(), scores.size());
    for (int k = 0; k < losses.size(); k++) {
      assertEquals(losses.get(k), scores.get(k), 1e-5, "step " + k);
    }
    Golden.assertClose(
        "parameters after training, each of which moved by about 0.1",
        trainer.network().parameters(),
        TransitionGraph.network(graph, network).parameters(),
        1e-3);
  }

  @Test
  void earlyStoppingFindsAFallingScore() {
    int epochs = 10;
    TimNetworkConfig network = network(DataType.FLOAT, TimRuntime.FUSED);
    TrainingConfig validation = config(1).toBuilder().seed(77).build();
    EarlyStoppingConfiguration<ComputationGraph> stopping =
        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(epochs))
            .scoreCalculator(
                new DataSetLossCalculator(
                    iterator(
                        validation.seed(),
                        StateTransitionPreProcessor.forValidation(
                            validation, network, BATCHES_PER_EPOCH)),
                    true))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    EarlyStoppingResult<ComputationGraph> result =
        new EarlyStoppingGraphTrainer(
                stopping, graph(network), iterator(config(epochs), network), null)
            .fit();
    assertEquals(epochs, result.getTotalEpochs());
    double first = result.getScoreVsEpoch().get(0);
    double last = result.getScoreVsEpoch().get(epochs - 1);
    assertTrue(last < 0.9 * first, "validation score from " + first + " to " + last);
  }
}
