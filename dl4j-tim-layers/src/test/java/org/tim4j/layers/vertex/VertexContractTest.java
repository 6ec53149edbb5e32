package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.tim4j.layers.embedding.ClassEmbedding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** What a Deeplearning4j user expects of a vertex, for every vertex. */
class VertexContractTest {
  private static final int BATCH = 3;
  private static final String SOURCE = "org.tim4j.layers.vertex.VertexCase#all";

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder().seed(7).updater(new Adam(0.01));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void learnsWithFitAsTheFirstCall(VertexCase<?> vertex) {
    ComputationGraph graph = new ComputationGraph(vertex.configuration(vertex.vertex(), base()));
    graph.init();
    MultiDataSet data = vertex.data(BATCH, DataType.FLOAT);
    graph.fit(data);
    double first = graph.score();
    for (int step = 0; step < 20; step++) {
      graph.fit(data);
    }
    assertTrue(graph.score() < 0.9 * first, graph.score() + " after " + first);
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void gradientsAgreeWithFiniteDifferences(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base().dataType(DataType.DOUBLE));
    MultiDataSet data = vertex.data(BATCH, DataType.DOUBLE);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    Map<String, INDArray> gradients = new HashMap<>();
    // Sums over the batch, while the score is a mean.
    graph
        .gradient()
        .gradientForVariable()
        .forEach((name, sum) -> gradients.put(name, sum.div(BATCH)));
    RandomStream random = RandomStream.of(8, 0, Purpose.EVALUATION);
    assertEquals(graph.paramTable().keySet(), gradients.keySet());
    graph
        .paramTable()
        .forEach(
            (name, values) -> {
              INDArray direction = random.gaussians(DataType.DOUBLE, values.shape());
              double expected = slope(graph, data, values, direction);
              double actual = gradients.get(name).mul(direction).sumNumber().doubleValue();
              assertEquals(expected, actual, 1e-6 * (1 + Math.abs(expected)), name);
            });
  }

  private static INDArray trained(VertexCase<?> vertex, WorkspaceMode mode) {
    ComputationGraph graph =
        vertex.graph(
            vertex.vertex(), base().trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode));
    for (int step = 0; step < 3; step++) {
      graph.fit(vertex.data(BATCH, DataType.FLOAT));
    }
    return graph.params();
  }

  private static double slope(
      ComputationGraph graph, MultiDataSet data, INDArray values, INDArray direction) {
    double step = 1e-6;
    INDArray kept = values.dup();
    values.addi(direction.mul(step));
    double above = graph.score(data);
    values.assign(kept).subi(direction.mul(step));
    double below = graph.score(data);
    values.assign(kept);
    return (above - below) / (2 * step);
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void comesBackFromJsonAndYaml(VertexCase<?> vertex) {
    ComputationGraphConfiguration configuration =
        vertex.configuration(vertex.vertex(b -> b.updater(new Sgd(0.3))), base());
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, ComputationGraphConfiguration.fromYaml(configuration.toYaml()));
  }

  /** Graphs that were saved before class embeddings had a deviation. */
  @Test
  void classEmbeddingsWithoutDeviationHaveThePublishedOne() {
    ComputationGraphConfiguration configuration =
        base()
            .graphBuilder()
            .addInputs("class")
            .addVertex(
                "vertex",
                ClassEmbedding.builder().nIn(4).hidden(8).deviation(0.02).build(),
                "class")
            .setOutputs("vertex")
            .build();
    String json = configuration.toJson();
    String before = json.replaceFirst("\"deviation\" : 0.02,\\s*", "");
    assertTrue(json.length() > before.length(), json);
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(before));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void clonesAreEqualAndSeparate(VertexCase<?> vertex) {
    TimVertex<?> original = vertex.vertex(b -> b.updater(new Sgd(0.3)));
    TimVertex<?> copy = (TimVertex<?>) original.clone();
    assertNotSame(original, copy);
    assertEquals(original, copy);
    assertEquals(original.hashCode(), copy.hashCode());
    copy.setUpdater(new Sgd(0.4));
    assertNotEquals(original, copy);
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void infersItsOutputType(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base());
    long[] declared = vertex.vertex().getOutputType(0, vertex.inputTypes()).getShape(true);
    long[] actual =
        graph
            .feedForward(vertex.inputs(BATCH, DataType.FLOAT), false)
            .get(VertexCase.VERTEX)
            .shape();
    declared[0] = BATCH;
    assertArrayEquals(declared, actual);
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void isShownInTheSummary(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base());
    assertTrue(graph.summary().contains(VertexCase.VERTEX));
    assertTrue(graph.summary(vertex.inputTypes()).contains(VertexCase.VERTEX));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void computesEachExampleOnItsOwnWhateverTheBatch(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base());
    INDArray[] inputs = vertex.inputs(4, DataType.FLOAT);
    INDArray together = graph.outputSingle(inputs);
    for (int example = 0; example < 4; example++) {
      INDArray[] alone = new INDArray[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        alone[i] = inputs[i].get(NDArrayIndex.interval(example, example + 1)).dup();
      }
      assertTrue(
          together
              .get(NDArrayIndex.interval(example, example + 1))
              .equalsWithEps(graph.outputSingle(alone), 1e-5));
    }
    graph.fit(vertex.data(1, DataType.FLOAT));
    graph.fit(vertex.data(4, DataType.FLOAT));
    assertTrue(Double.isFinite(graph.score()));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void computesTheSameInTrainingAndInference(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base());
    INDArray[] inputs = vertex.inputs(BATCH, DataType.FLOAT);
    assertEquals(graph.output(false, inputs)[0], graph.output(true, inputs)[0]);
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void agreesInFloatAndDouble(VertexCase<?> vertex) {
    ComputationGraph single = vertex.graph(vertex.vertex(), base());
    ComputationGraph twice = vertex.graph(vertex.vertex(), base().dataType(DataType.DOUBLE));
    INDArray expected = twice.outputSingle(vertex.inputs(BATCH, DataType.DOUBLE));
    INDArray actual = single.outputSingle(vertex.inputs(BATCH, DataType.FLOAT));
    assertEquals(DataType.FLOAT, actual.dataType());
    assertTrue(expected.equalsWithEps(actual.castTo(DataType.DOUBLE), 1e-5));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void trainsTheSameWithAndWithoutWorkspaces(VertexCase<?> vertex) {
    assertEquals(trained(vertex, WorkspaceMode.NONE), trained(vertex, WorkspaceMode.ENABLED));
  }
}
