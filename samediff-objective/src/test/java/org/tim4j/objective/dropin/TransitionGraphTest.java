package org.tim4j.objective.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.GuidanceFreeTraining;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;

class TransitionGraphTest {
  private static final int BATCH = 7;

  private static final TimNetworkConfig NETWORK =
      TimNetworkConfig.builder()
          .channels(2)
          .patch(2)
          .hidden(16)
          .depth(1)
          .heads(2)
          .condition(new Condition.Classes(3, true))
          .dataType(DataType.DOUBLE)
          .build();

  private static TrainingConfig config(DirectionalPart part, Transport transport) {
    IntervalWeighting weighting =
        transport instanceof OtFlowMatching
            ? IntervalWeighting.standard()
            : IntervalWeighting.constant();
    return TrainingConfig.builder()
        .seed(21)
        .transport(transport)
        .conditionDropout(0.3)
        .loss(new TransitionLoss(weighting, part, SampleScale.ADAPTIVE))
        .build();
  }

  private static MultiDataSet pictures(int step) {
    INDArray x = RandomStream.of(2, step, Purpose.NOISE).gaussians(DataType.DOUBLE, BATCH, 2, 4, 4);
    INDArray oneHot = Nd4j.zeros(DataType.DOUBLE, BATCH, 3);
    for (int i = 0; i < BATCH; i++) {
      oneHot.putScalar(i, i % 3, 1);
    }
    return new MultiDataSet(x, oneHot);
  }

  private static INDArray classes() {
    INDArray classes = Nd4j.create(DataType.DOUBLE, BATCH, 1);
    for (int i = 0; i < BATCH; i++) {
      classes.putScalar(i, 0, i % 3);
    }
    return classes;
  }

  private static ComputationGraph graph(TrainingConfig config, IUpdater updater) {
    ComputationGraph graph =
        new ComputationGraph(
            TransitionGraph.configuration(
                NETWORK, config, new NeuralNetConfiguration.Builder().seed(3).updater(updater)));
    graph.init();
    return graph;
  }

  /** Random parameters everywhere, since a new network predicts zero. */
  private static void randomise(ComputationGraph graph) {
    graph.setParams(
        RandomStream.of(5, 0, Purpose.PARAMETERS)
            .gaussians(DataType.DOUBLE, 1, graph.params().length())
            .muli(0.2));
  }

  /** With a plain updater of rate 1 the change of the parameters is the gradient. */
  @ParameterizedTest
  @EnumSource(DirectionalPart.class)
  void fitHasTheLossAndTheGradientOfTheExplicitComputation(DirectionalPart part) {
    for (Transport transport : List.of(OtFlowMatching.standard(), Edm.standard())) {
      TrainingConfig config = config(part, transport);
      ComputationGraph graph = graph(config, new Sgd(1));
      randomise(graph);
      StateTransitionPreProcessor preProcessor = new StateTransitionPreProcessor(config, NETWORK);
      for (int step = 0; step < 2; step++) {
        TimNetwork before = TransitionGraph.network(graph, NETWORK);
        TransitionGradient.Value expected =
            new TransitionGradient(before, config)
                .of(
                    BatchDraw.of(
                        config,
                        step,
                        new Examples(pictures(step).getFeatures(0), classes()),
                        NETWORK.condition()),
                    null);
        MultiDataSet batch = pictures(step);
        preProcessor.preProcess(batch);
        graph.fit(batch);
        assertEquals(expected.transition().weighted(), graph.score(), 1e-9);
        TimNetwork after = TransitionGraph.network(graph, NETWORK);
        Golden.assertClose(
            transport.name() + " step " + step,
            expected.gradient(),
            before.parameters().sub(after.parameters()),
            1e-9);
      }
    }
  }

  @Test
  void theBatchHoldsSamplesThenPoints() {
    MultiDataSet batch = pictures(0);
    INDArray x = batch.getFeatures(0);
    INDArray copy = x.dup();
    new StateTransitionPreProcessor(
            config(DirectionalPart.NONE, OtFlowMatching.standard()), NETWORK)
        .preProcess(batch);
    assertEquals(copy, x);
    // Four of the seven are diffusion samples; each of the others has two points.
    assertEquals(BATCH + 2 * 3, batch.getFeatures(0).size(0));
    for (INDArray feature : batch.getFeatures()) {
      assertEquals(BATCH + 2 * 3, feature.size(0));
    }
    StackedLabels labels = StackedLabels.of(batch.getLabels(0));
    assertEquals(BATCH, labels.samples());
    assertEquals(32, labels.dataWidth());
    assertEquals(4, labels.owner(BATCH));
    assertEquals(6, labels.owner(BATCH + 5));
  }

  @Test
  void configurationsSurviveJson() {
    TrainingConfig config = config(DirectionalPart.CHANNELS, OtFlowMatching.standard());
    ComputationGraph graph = graph(config, new Sgd(1));
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
    assertEquals(graph.getConfiguration(), read);
    ComputationGraph again = new ComputationGraph(read);
    again.init();
    randomise(graph);
    randomise(again);
    MultiDataSet batch = pictures(0);
    new StateTransitionPreProcessor(config, NETWORK).preProcess(batch);
    assertEquals(graph.score(batch, false), again.score(batch, false), 1e-15);
  }

  @Test
  void scoresOfRowsSumToTheScore() {
    TrainingConfig config = config(DirectionalPart.FLATTENED, OtFlowMatching.standard());
    MultiDataSet batch = pictures(0);
    new StateTransitionPreProcessor(config, NETWORK).preProcess(batch);
    StateTransitionLoss loss =
        new StateTransitionLoss(DirectionalPart.FLATTENED, SampleScale.ADAPTIVE, 2, "OT_FM");
    INDArray labels = batch.getLabels(0);
    INDArray output =
        RandomStream.of(9, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, labels.size(0), 32);
    INDArray scores =
        loss.computeScoreArray(labels, output, Activation.IDENTITY.getActivationFunction(), null);
    double score =
        loss.computeScore(labels, output, Activation.IDENTITY.getActivationFunction(), null, true);
    assertEquals(score, scores.sumNumber().doubleValue() / BATCH, 1e-12);
    assertEquals(0, scores.getDouble(BATCH));
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    TrainingConfig config = config(DirectionalPart.NONE, OtFlowMatching.standard());
    assertThrows(
        InvalidInputException.class,
        () ->
            new StateTransitionPreProcessor(
                config.toBuilder().guidance(GuidanceFreeTraining.standard()).build(), NETWORK));
    StateTransitionPreProcessor preProcessor = new StateTransitionPreProcessor(config, NETWORK);
    MultiDataSet unknown = new MultiDataSet(pictures(0).getFeatures(0), classes().add(4));
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> preProcessor.preProcess(unknown));
    assertTrue(refusal.getMessage().contains("class 4.0"), refusal.getMessage());
    MultiDataSet broken = pictures(0);
    broken.getFeatures(0).putScalar(0, Double.NaN);
    assertThrows(InvalidInputException.class, () -> preProcessor.preProcess(broken));
    MultiDataSet raw = pictures(0);
    StateTransitionLoss loss =
        new StateTransitionLoss(DirectionalPart.NONE, SampleScale.ADAPTIVE, 2, "OT_FM");
    assertThrows(
        InvalidInputException.class,
        () ->
            loss.computeScore(
                raw.getLabels(0),
                raw.getFeatures(0).reshape(BATCH, 32),
                Activation.IDENTITY.getActivationFunction(),
                null,
                true));
  }

  @Test
  void aPredictionThatIsNotFiniteStopsFit() {
    TrainingConfig config = config(DirectionalPart.NONE, OtFlowMatching.standard());
    ComputationGraph graph = graph(config, new Sgd(1));
    randomise(graph);
    for (Map.Entry<String, INDArray> entry : graph.paramTable().entrySet()) {
      if (entry.getKey().startsWith("final")) {
        entry.getValue().assign(Double.NaN);
      }
    }
    MultiDataSet batch = pictures(0);
    new StateTransitionPreProcessor(config, NETWORK).preProcess(batch);
    INDArray before = graph.params().dup();
    NonFiniteException failure = assertThrows(NonFiniteException.class, () -> graph.fit(batch));
    assertTrue(failure.getMessage().contains("OtFlowMatching"), failure.getMessage());
    assertArrayEquals(before.toDoubleVector(), graph.params().toDoubleVector());
  }
}
