package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.attention.CrossAttention;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.embedding.VectorEmbedding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Vertices of one input as layers of a multi-layer network. */
class VertexLayerTest {
  private static final int BATCH = 3;
  private static final String SOURCE = "org.tim4j.layers.vertex.VertexCase#withOneInput";

  private static MultiLayerConfiguration configuration(VertexCase<?> vertex, Layer layer) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(new Sgd(0.05))
        .list()
        .layer(layer)
        .layer(loss(vertex.vertex().getOutputType(0, vertex.inputTypes())))
        .setInputType(vertex.inputTypes()[0])
        .build();
  }

  private static Layer loss(InputType type) {
    return switch (type.getType()) {
      case CNN ->
          new CnnLossLayer.Builder(LossFunction.MSE)
              .activation(Activation.IDENTITY)
              .format(CNN2DFormat.NHWC)
              .build();
      default -> new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build();
    };
  }

  private static MultiLayerNetwork network(VertexCase<?> vertex, Layer layer) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(vertex, layer));
    network.init();
    return network;
  }

  private static INDArray labels(VertexCase<?> vertex) {
    long[] shape = vertex.vertex().getOutputType(0, vertex.inputTypes()).getShape(true);
    shape[0] = BATCH;
    INDArray labels = RandomStream.of(6, 0, Purpose.EVALUATION).gaussians(DataType.FLOAT, shape);
    return shape.length == 3 ? labels.reshape(-1, shape[2]) : labels;
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void learnsAndCountsItsParameters(VertexCase<?> vertex) {
    MultiLayerNetwork network = network(vertex, new VertexLayer(vertex.vertex()));
    assertEquals(vertex.vertex().getDefinition().parameterCount(), network.numParams());
    INDArray input = vertex.inputs(BATCH, DataType.FLOAT)[0];
    network.fit(input, labels(vertex));
    double first = network.score();
    for (int step = 0; step < 10; step++) {
      network.fit(input, labels(vertex));
    }
    assertTrue(network.score() < first, network.score() + " after " + first);
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void comesBackFromJsonAndYaml(VertexCase<?> vertex) {
    Layer layer = VertexLayer.builder(vertex.vertex()).updater(new Sgd(0.3)).l2(0.1).build();
    MultiLayerConfiguration configuration = configuration(vertex, layer);
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void savedNetworksGoOnTrainingAsIfNothingHadHappened(VertexCase<?> vertex, @TempDir Path folder)
      throws IOException {
    MultiLayerNetwork network = network(vertex, new VertexLayer(vertex.vertex()));
    INDArray input = vertex.inputs(BATCH, DataType.FLOAT)[0];
    network.fit(input, labels(vertex));
    Path file = folder.resolve("network.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    network.fit(input, labels(vertex));
    restored.fit(input, labels(vertex));
    assertEquals(network.params(), restored.params());
    assertEquals(network.output(input), network.clone().output(input));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void frozenLayersKeepTheirParameters(VertexCase<?> vertex) {
    MultiLayerNetwork network = network(vertex, new VertexLayer(vertex.vertex()));
    MultiLayerNetwork frozen = new TransferLearning.Builder(network).setFeatureExtractor(0).build();
    INDArray before = frozen.params().dup();
    frozen.fit(vertex.inputs(BATCH, DataType.FLOAT)[0], labels(vertex));
    assertEquals(before, frozen.params());
    assertTrue(network.summary().contains("RunningLayer"));
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void aTableOfParametersIsTakenWholeOrNotAtAll(VertexCase<?> vertex) {
    MultiLayerNetwork network = network(vertex, new VertexLayer(vertex.vertex()));
    INDArray before = network.params().dup();
    Map<String, INDArray> table = new LinkedHashMap<>();
    network.getLayer(0).paramTable().forEach((name, value) -> table.put(name, value.add(1)));
    table.put("none of this name", Nd4j.zeros(1));
    assertThrows(
        InvalidInputException.class,
        () -> network.getLayer(0).setParamTable(new LinkedHashMap<>(table)));
    assertEquals(before, network.params());
    table.remove("none of this name");
    network.getLayer(0).setParamTable(table);
    assertEquals(before.add(1), network.params());
  }

  private static VertexCase<?> vectorCase() {
    return VertexCase.withOneInput().stream()
        .filter(vertex -> vertex.name().equals("VectorEmbedding"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void constraintsApply(VertexCase<?> vertex) {
    double norm = 0.01;
    Layer layer =
        VertexLayer.builder(vertex.vertex())
            .constrainWeights(new MaxNormConstraint(norm, 0))
            .build();
    MultiLayerNetwork network = network(vertex, layer);
    network.fit(vertex.inputs(BATCH, DataType.FLOAT)[0], labels(vertex));
    for (Parameter parameter : vertex.vertex().getDefinition().parameters()) {
      if (parameter.role() == Parameter.Role.WEIGHT) {
        INDArray norms = network.getParam("0_" + parameter.name()).norm2(0);
        assertTrue(norms.maxNumber().doubleValue() <= norm * (1 + 1e-5), norms.toString());
      }
    }
  }

  @Test
  void thePenaltyIsPartOfTheScore() {
    VertexCase<?> vertex = vectorCase();
    double penalty = 0.5;
    MultiLayerNetwork network =
        network(vertex, VertexLayer.builder(vertex.vertex()).l2(penalty).build());
    double squares = 0;
    for (String name : new String[] {"0_W1", "0_W2"}) {
      squares += network.getParam(name).mul(network.getParam(name)).sumNumber().doubleValue();
    }
    assertEquals(0.5 * penalty * squares, network.calcRegularizationScore(true), 1e-6);
  }

  @Test
  void parametersCanBeSetByName() {
    VertexCase<?> vertex = vectorCase();
    MultiLayerNetwork network = network(vertex, new VertexLayer(vertex.vertex()));
    INDArray bias = network.getParam("0_b1").dup().assign(0.25);
    network.setParam("0_b1", bias);
    assertEquals(bias, network.getParam("0_b1"));
    assertThrows(InvalidInputException.class, () -> network.getLayer(0).setParam("b7", bias));
  }

  @Test
  void firstValuesFollowTheSeed() {
    VertexCase<?> vertex = vectorCase();
    INDArray first = network(vertex, new VertexLayer(vertex.vertex())).params();
    assertEquals(first, network(vertex, new VertexLayer(vertex.vertex())).params());
    MultiLayerConfiguration other = configuration(vertex, new VertexLayer(vertex.vertex()));
    other.getConf(0).setSeed(8);
    MultiLayerNetwork network = new MultiLayerNetwork(other);
    network.init();
    assertNotEquals(first, network.params());
  }

  @Test
  void refusesVerticesOfSeveralInputs() {
    TimVertex<CrossAttention> attention = CrossAttention.builder().hidden(8).heads(2).build();
    InvalidInputException thrown =
        assertThrows(InvalidInputException.class, () -> new VertexLayer(attention));
    assertTrue(thrown.getMessage().contains("addVertex"), thrown.getMessage());
  }

  @Test
  void differsFromALayerOfAnotherVertex() {
    VertexLayer four = new VertexLayer(VectorEmbedding.builder().nIn(8).hidden(4).build());
    VertexLayer five = new VertexLayer(VectorEmbedding.builder().nIn(8).hidden(5).build());
    assertNotEquals(four, five);
    assertEquals(four, four.clone());
    assertEquals(four.hashCode(), four.clone().hashCode());
  }
}
