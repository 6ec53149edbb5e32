package org.tim4j.objective.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tim4j.objective.dropin.TinyFit.BATCH;
import static org.tim4j.objective.dropin.TinyFit.base;
import static org.tim4j.objective.dropin.TinyFit.config;
import static org.tim4j.objective.dropin.TinyFit.data;
import static org.tim4j.objective.dropin.TinyFit.examples;
import static org.tim4j.objective.dropin.TinyFit.graph;
import static org.tim4j.objective.dropin.TinyFit.network;
import static org.tim4j.objective.dropin.TinyFit.transitions;

import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;

/** Deeplearning4j's early stopping, its draws and its score. */
class EarlyStoppingTest {
  private static EarlyStoppingResult<ComputationGraph> stopEarly(
      ComputationGraph graph, int epochs, TimNetworkConfig network) {
    TrainingConfig validation = config(1).toBuilder().seed(77).build();
    EarlyStoppingConfiguration<ComputationGraph> stopping =
        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(epochs))
            .scoreCalculator(
                new DataSetLossCalculator(
                    TransitionIterator.forValidation(
                        examples(validation), new StateTransitionPreProcessor(validation, network)),
                    true))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    return new EarlyStoppingGraphTrainer(
            stopping, graph, transitions(config(epochs), network), null)
        .fit();
  }

  @Test
  void earlyStoppingFindsAFallingScore() {
    int epochs = 10;
    TimNetworkConfig network = network(DataType.FLOAT, TimRuntime.FUSED);
    EarlyStoppingResult<ComputationGraph> result = stopEarly(graph(network), epochs, network);
    assertEquals(epochs, result.getTotalEpochs());
    double first = result.getScoreVsEpoch().get(0);
    double last = result.getScoreVsEpoch().get(epochs - 1);
    assertTrue(last < 0.9 * first, "validation score from " + first + " to " + last);
  }

  /**
   * Early stopping wraps an iterator that may be read ahead, and throws away what was read before
   * its first epoch: the draws would start at a step that depends on the speed of two threads.
   */
  @Test
  void earlyStoppingTrainsWithTheDrawsOfPlainFit() {
    TimNetworkConfig network = network(DataType.FLOAT, TimRuntime.FUSED);
    ComputationGraph plain = graph(network);
    plain.fit(transitions(config(2), network), 2);
    ComputationGraph stopped = graph(network);
    stopEarly(stopped, 2, network);
    assertArrayEquals(plain.params().toFloatVector(), stopped.params().toFloatVector());
  }

  /** The scores of a network that does not change, on the same examples. */
  @Test
  void onlyTheDrawsOfValidationRepeat() {
    TimNetworkConfig network = network(DataType.FLOAT, TimRuntime.FUSED);
    ComputationGraph graph = graph(network);
    StateTransitionPreProcessor preProcessor = new StateTransitionPreProcessor(config(1), network);
    Examples examples = data().batch(1, 0, BATCH);
    ExamplesIterator same = new ExamplesIterator((seed, step, size) -> examples, 5, BATCH, 2);
    ResidualCalculator validation =
        new ResidualCalculator(TransitionIterator.forValidation(same, preProcessor));
    assertEquals(validation.calculateScore(graph), validation.calculateScore(graph));
    ResidualCalculator training =
        new ResidualCalculator(TransitionIterator.forTraining(same, preProcessor));
    assertNotEquals(training.calculateScore(graph), training.calculateScore(graph));
  }

  @Test
  void theScoreIsTheMeanResidualOfAllBatches() {
    TimNetworkConfig network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TrainingConfig config = config(1);
    ComputationGraph graph = graph(network);
    TransitionGradient gradient =
        new TransitionGradient(TransitionGraph.network(graph, network), config);
    double sum = 0;
    for (int step = 0; step < 2; step++) {
      Examples examples = data().batch(config.seed(), step, BATCH);
      sum +=
          gradient
              .of(BatchDraw.of(config, step, examples, network.condition()), null)
              .transition()
              .denoising();
    }
    TransitionIterator iterator =
        TransitionIterator.forValidation(
            new ExamplesIterator(data(), config.seed(), BATCH, 2),
            new StateTransitionPreProcessor(config, network));
    assertEquals(sum / 2, new ResidualCalculator(iterator).calculateScore(graph), 1e-12);
    ComputationGraph other =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("x")
                .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "x")
                .setOutputs("out")
                .build());
    other.init();
    assertThrows(
        InvalidInputException.class, () -> new ResidualCalculator(iterator).calculateScore(other));
  }

  @Test
  void transitionsTakeNoFurtherPreprocessor() {
    TransitionIterator iterator = transitions(config(1), network(DataType.FLOAT, TimRuntime.FUSED));
    assertThrows(InvalidInputException.class, () -> iterator.setPreProcessor(batch -> {}));
  }
}
