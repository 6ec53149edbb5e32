package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.embedding.ClassEmbedding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.layers.vertex.TimVertex;

/**
 * Defects of Deeplearning4j's own SameDiff layers that ours must not have, each test named after
 * the issue in github.com/deeplearning4j/deeplearning4j that tells of it.
 */
class UpstreamIssuesTest {
  private static final int HIDDEN = 6;

  private final RandomStream random = RandomStream.of(2, 0, Purpose.EVALUATION);

  private static ComputationGraphConfiguration.GraphBuilder start() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.01))
        .graphBuilder()
        .addInputs("input");
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nOut(2)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static ComputationGraph graph(TimVertex<?> vertex, long inputs) {
    return initialised(
        start()
            .setInputTypes(InputType.feedForward(inputs))
            .addVertex("vertex", vertex, "input")
            .addLayer("output", output(), "vertex"));
  }

  private static ComputationGraph initialised(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.setOutputs("output").build());
    graph.init();
    return graph;
  }

  private static TimVertex<SwiGlu> swiGlu() {
    return SwiGlu.builder().nIn(HIDDEN).inner(5).nOut(HIDDEN).build();
  }

  private MultiDataSet data(int batch) {
    return new MultiDataSet(
        random.gaussians(DataType.FLOAT, batch, HIDDEN),
        random.gaussians(DataType.FLOAT, batch, 2));
  }

  private static Map<String, INDArray> gradients(ComputationGraph graph, MultiDataSet data) {
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    return graph.gradient().gradientForVariable();
  }

  /** "doInit() method not called if first operation is fit". */
  @Test
  void issue7785FitIsTheFirstOperation() {
    ComputationGraph graph = graph(swiGlu(), HIDDEN);
    INDArray before = graph.params().dup();
    graph.fit(data(3));
    assertNotEquals(before, graph.params());
  }

  /** "If minibatchSize is different when training and testing … it will throw an exception". */
  @Test
  void issue7844BatchesDifferBetweenTrainingAndTesting() {
    ComputationGraph graph = graph(swiGlu(), HIDDEN);
    graph.fit(data(3));
    assertEquals(5, graph.outputSingle(data(5).getFeatures()).size(0));
    graph.fit(data(1));
    assertEquals(2, graph.outputSingle(data(2).getFeatures()).size(0));
  }

  /** "Can't train samediff model when reloaded", again in issue 9744. */
  @Test
  void issue9145AReloadedModelTrains(@TempDir Path folder) throws IOException {
    ComputationGraph graph = graph(swiGlu(), HIDDEN);
    MultiDataSet data = data(3);
    graph.fit(data);
    graph.save(folder.resolve("graph.zip").toFile(), true);
    ComputationGraph reloaded = ComputationGraph.load(folder.resolve("graph.zip").toFile(), true);
    reloaded.fit(data);
    graph.fit(data);
    assertEquals(graph.params(), reloaded.params());
  }

  /** "Zero SameDiff Gradients": a value that is added to what was computed from it. */
  @Test
  void issue9655AResidualAddHasGradients() {
    ComputationGraph graph =
        initialised(
            start()
                .setInputTypes(InputType.feedForward(HIDDEN))
                .addVertex("first", swiGlu(), "input")
                .addVertex("second", swiGlu(), "first")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "second")
                .addLayer("output", output(), "sum"));
    gradients(graph, data(3))
        .forEach(
            (name, gradient) ->
                assertTrue(gradient.amaxNumber().doubleValue() > 1e-6, name + " has no gradient"));
  }

  /** "Training using sd.nn.linear … doesn't succeed", and its gradient throws for one row. */
  @Test
  void issue9869LinearMapsLearnFromOneRow() {
    ComputationGraph graph = graph(swiGlu(), HIDDEN);
    MultiDataSet data = data(1);
    graph.fit(data);
    double first = graph.score();
    for (int step = 0; step < 50; step++) {
      graph.fit(data);
    }
    assertTrue(graph.score() < 0.1 * first, graph.score() + " after " + first);
  }

  /** "SameDiff gather() execBackwards": the gradient of a looked-up table. */
  @Test
  void issue7852OnlyTheRowsOfGivenClassesHaveGradients() {
    ComputationGraph graph = graph(ClassEmbedding.builder().nIn(4).hidden(HIDDEN).build(), 1);
    MultiDataSet data =
        new MultiDataSet(
            Nd4j.createFromArray(2f, 0f, 2f).reshape(3, 1), random.gaussians(DataType.FLOAT, 3, 2));
    INDArray rows = gradients(graph, data).get("vertex_table").norm2(1);
    assertTrue(rows.getDouble(0) > 0 && rows.getDouble(2) > 0, rows.toString());
    assertEquals(0.0, rows.getDouble(1));
    assertEquals(0.0, rows.getDouble(3));
  }

  /** "SameDiff … defined in external workspace" (issue 7120): arrays outlive the workspace. */
  @Test
  void issue7120AGraphMadeInsideAWorkspaceOutlivesIt() {
    TimNetworkConfig config =
        TimNetworkConfig.builder().channels(1).patch(2).hidden(8).depth(1).heads(2).build();
    TimNetwork network = TimNetwork.create(config, 1);
    network.parameters().addi(0.1);
    TimNetwork other = network.copy();
    TimInput input =
        TimInput.unconditional(
            random.gaussians(DataType.FLOAT, 2, 1, 4, 4),
            Nd4j.ones(DataType.FLOAT, 2, 1),
            Nd4j.zeros(DataType.FLOAT, 2, 1));
    INDArray expected = network.predict(input);
    INDArray inside;
    try (MemoryWorkspace outer =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace("UPSTREAM_ISSUE_7120")) {
      assertTrue(outer.isScopeActive());
      inside = other.predict(input);
    }
    assertEquals(expected, inside);
    assertEquals(expected, other.predict(input));
  }

  /** "Memory Corruption? when trying to use external errors": backward twice gives the same. */
  @Test
  void issue4539ExternalErrorsGiveTheSameGradientsEveryTime() {
    TimNetworkConfig config =
        TimNetworkConfig.builder().channels(1).patch(2).hidden(8).depth(1).heads(2).build();
    TimNetwork network = TimNetwork.create(config, 1);
    network.parameters().addi(0.1);
    TimInput input =
        TimInput.unconditional(
            random.gaussians(DataType.FLOAT, 2, 1, 4, 4),
            Nd4j.ones(DataType.FLOAT, 2, 1),
            Nd4j.zeros(DataType.FLOAT, 2, 1));
    INDArray error = random.gaussians(DataType.FLOAT, 2, 1, 4, 4);
    network.forward(input);
    INDArray first = network.backward(error, null).dup();
    assertFalse(first.isNaN().any());
    for (int repeat = 0; repeat < 5; repeat++) {
      network.forward(input);
      assertEquals(first, network.backward(error, null));
    }
  }

  /** Pull request 2194 of the former nd4j repository: the derivative of swish overflows. */
  @Test
  void nd4jPullRequest2194LargeActivationsHaveFiniteGradients() {
    ComputationGraph graph = graph(swiGlu(), HIDDEN);
    MultiDataSet data = data(3);
    data.getFeatures(0).muli(1000);
    gradients(graph, data)
        .forEach((name, gradient) -> assertFalse(gradient.isNaN().any(), name + " is NaN"));
  }

  /** Without a layer that has parameters, {@code fit} of 1.0.0-M2.1 silently does nothing. */
  @Test
  void aNetworkOfVerticesLearnsByFit() {
    TimNetworkConfig config =
        TimNetworkConfig.builder().channels(1).patch(2).hidden(8).depth(1).heads(2).build();
    ComputationGraph graph =
        new ComputationGraph(
            NetworkGraph.builder(
                    config, new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.01)))
                .addLayer(
                    "loss",
                    new CnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .format(CNN2DFormat.NCHW)
                        .build(),
                    NetworkGraph.PREDICTION)
                .setOutputs("loss")
                .build());
    graph.init();
    MultiDataSet data =
        new MultiDataSet(
            new INDArray[] {
              random.gaussians(DataType.FLOAT, 2, 1, 4, 4),
              Nd4j.ones(DataType.FLOAT, 2, 1),
              Nd4j.zeros(DataType.FLOAT, 2, 1)
            },
            new INDArray[] {random.gaussians(DataType.FLOAT, 2, 1, 4, 4)});
    graph.fit(data);
    double first = graph.score();
    for (int step = 0; step < 30; step++) {
      graph.fit(data);
    }
    assertTrue(graph.score() < 0.9 * first, graph.score() + " after " + first);
  }
}
