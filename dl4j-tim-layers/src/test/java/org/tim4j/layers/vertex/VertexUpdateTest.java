package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** How every vertex is updated, saved, cloned and frozen, as any of Deeplearning4j's layers. */
class VertexUpdateTest {
  private static final int BATCH = 3;
  private static final String SOURCE = "org.tim4j.layers.vertex.VertexCase#all";

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder().seed(7).updater(new Adam(0.01));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void savedGraphsGoOnTrainingAsIfNothingHadHappened(VertexCase<?> vertex, @TempDir Path folder)
      throws IOException {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base());
    MultiDataSet data = vertex.data(BATCH, DataType.FLOAT);
    graph.fit(data);
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(graph, file.toFile(), true);
    ComputationGraph restored = ModelSerializer.restoreComputationGraph(file.toFile());
    assertEquals(graph.output(data.getFeatures())[0], restored.output(data.getFeatures())[0]);
    graph.fit(data);
    restored.fit(data);
    assertEquals(graph.params(), restored.params());
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void clonedGraphsAreIndependent(VertexCase<?> vertex) {
    // Not Adam: a clone starts to count iterations anew, in every graph of 1.0.0-M2.1.
    ComputationGraph graph = vertex.graph(vertex.vertex(), base().updater(new Sgd(0.1)));
    MultiDataSet data = vertex.data(BATCH, DataType.FLOAT);
    graph.fit(data);
    ComputationGraph copy = graph.clone();
    INDArray before = graph.params().dup();
    copy.fit(data);
    assertEquals(before, graph.params());
    graph.fit(data);
    assertEquals(copy.params(), graph.params());
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void frozenVerticesKeepTheirParameters(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), base());
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(graph)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
            .setFeatureExtractor(VertexCase.VERTEX)
            .build();
    Map<String, INDArray> before = copies(frozen);
    frozen.fit(vertex.data(BATCH, DataType.FLOAT));
    frozen
        .paramTable()
        .forEach(
            (name, values) ->
                assertEquals(
                    name.startsWith(VertexCase.VERTEX), values.equals(before.get(name)), name));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void takesAnUpdaterOfItsOwn(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(b -> b.updater(new Sgd(0.0))), base());
    Map<String, INDArray> before = copies(graph);
    graph.fit(vertex.data(BATCH, DataType.FLOAT));
    graph
        .paramTable()
        .forEach(
            (name, values) ->
                assertEquals(
                    name.startsWith(VertexCase.VERTEX), values.equals(before.get(name)), name));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  <B extends VertexBuilder<?, B>> void takesRegularisationOfItsOwn(VertexCase<B> vertex) {
    double rate = 0.1;
    double penalty = 0.5;
    ComputationGraph plain = vertex.graph(vertex.vertex(), base().updater(new Sgd(rate)));
    ComputationGraph penalised =
        vertex.graph(
            vertex.vertex(b -> b.regularization(new L2Regularization(penalty))),
            base().updater(new Sgd(rate)));
    Map<String, INDArray> before = copies(plain);
    MultiDataSet data = vertex.data(BATCH, DataType.FLOAT);
    plain.fit(data);
    penalised.fit(data);
    for (Parameter parameter : vertex.vertex().getDefinition().parameters()) {
      String name = VertexCase.VERTEX + "_" + parameter.name();
      double factor = parameter.role() == Parameter.Role.WEIGHT ? rate * penalty : 0.0;
      INDArray expected = plain.paramTable().get(name).sub(before.get(name).mul(factor));
      assertTrue(expected.equalsWithEps(penalised.paramTable().get(name), 1e-6), name);
    }
  }

  /** Deeplearning4j alone constrains layers, not vertices. */
  @ParameterizedTest
  @MethodSource(SOURCE)
  <B extends VertexBuilder<?, B>> void constraintsHoldAfterEachUpdate(VertexCase<B> vertex) {
    double norm = 0.05;
    TimVertex<?> constrained =
        vertex.vertex(b -> b.constrainWeights(new MaxNormConstraint(norm, 0)).updater(new Sgd(1)));
    ComputationGraph graph = vertex.graph(constrained, base().l2(0.01));
    graph.fit(vertex.data(BATCH, DataType.FLOAT));
    graph.fit(vertex.data(BATCH, DataType.FLOAT));
    double bias = 0;
    for (Parameter parameter : constrained.getDefinition().parameters()) {
      INDArray values = graph.getVertex(VertexCase.VERTEX).paramTable(false).get(parameter.name());
      if (parameter.role() == Parameter.Role.WEIGHT) {
        double largest = values.norm2(0).maxNumber().doubleValue();
        assertTrue(largest <= norm * (1 + 1e-4), parameter.name() + " " + largest);
      } else {
        bias = Math.max(bias, values.norm2Number().doubleValue());
      }
    }
    assertTrue(bias == 0 || bias > norm, "only matrices are constrained");
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
  }

  private static Map<String, INDArray> copies(ComputationGraph graph) {
    Map<String, INDArray> copies = new HashMap<>();
    graph.paramTable().forEach((name, values) -> copies.put(name, values.dup()));
    return copies;
  }
}
