package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Masks in networks of Deeplearning4j: what follows a vertex gets the mask too. */
class MaskedNetworkTest {

  private static DataType before;

  /** Deeplearning4j's gradient check asks for it. */
  @BeforeAll
  static void inDoublePrecision() {
    before = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void asBefore() {
    Nd4j.setDefaultDataTypes(before, before);
  }

  private static final int HIDDEN = 8;
  private static final INDArray MASK =
      Nd4j.createFromArray(new double[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}, {0, 1, 1, 1, 0}});

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(DataType.DOUBLE)
        .updater(new NoOp());
  }

  private static INDArray random(int step, long... shape) {
    return RandomStream.of(5, step, Purpose.EVALUATION).gaussians(DataType.DOUBLE, shape);
  }

  private static TimVertex<IntervalAttention> attention() {
    return IntervalAttention.builder().hidden(HIDDEN).heads(2).build();
  }

  private static RnnOutputLayer output() {
    return new RnnOutputLayer.Builder(LossFunction.MSE)
        .nIn(HIDDEN)
        .nOut(2)
        .dataFormat(RNNFormat.NWC)
        .activation(Activation.TANH)
        .build();
  }

  private static ComputationGraph residualGraph() {
    ComputationGraph graph =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.recurrent(HIDDEN, 5, RNNFormat.NWC))
                .addVertex("attention", attention(), "x")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "x", "attention")
                .addVertex("mlp", SwiGlu.builder().nIn(HIDDEN).inner(5).nOut(HIDDEN).build(), "sum")
                .addVertex("again", attention(), "mlp")
                .addLayer("out", output(), "again")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  private static MultiLayerNetwork layers() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            base()
                .list()
                .layer(new VertexLayer(attention()))
                .layer(new VertexLayer(SwiGlu.builder().nIn(HIDDEN).inner(5).nOut(HIDDEN).build()))
                .layer(new VertexLayer(attention()))
                .layer(output())
                .setInputType(InputType.recurrent(HIDDEN, 5, RNNFormat.NWC))
                .build());
    network.init();
    return network;
  }

  private static INDArray real(INDArray output) {
    return output.mul(MASK.reshape(3, 5, 1).broadcast(output.shape()));
  }

  private static INDArray padded(INDArray x, double value) {
    INDArray changed = x.dup();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        if (MASK.getDouble(i, j) == 0) {
          changed.get(interval(i, i + 1), interval(j, j + 1), all()).assign(value);
        }
      }
    }
    return changed;
  }

  @Test
  void paddingChangesNothingInAGraph() {
    ComputationGraph graph = residualGraph();
    INDArray x = random(0, 3, 5, HIDDEN);
    INDArray[] masks = {MASK};
    assertEquals(
        real(graph.output(false, new INDArray[] {padded(x, -3)}, masks)[0]),
        real(graph.output(false, new INDArray[] {padded(x, 50)}, masks)[0]));
    INDArray y = random(1, 3, 5, 2);
    MultiDataSet data =
        new MultiDataSet(
            new INDArray[] {padded(x, 9)}, new INDArray[] {y}, masks, new INDArray[] {MASK});
    MultiDataSet same =
        new MultiDataSet(
            new INDArray[] {padded(x, 0)}, new INDArray[] {y}, masks, new INDArray[] {MASK});
    assertEquals(graph.score(same), graph.score(data), 1e-12);
  }

  @Test
  void paddingChangesNothingInLayers() {
    MultiLayerNetwork network = layers();
    INDArray x = random(0, 3, 5, HIDDEN);
    assertEquals(
        real(network.output(padded(x, -3), false, MASK, null)),
        real(network.output(padded(x, 50), false, MASK, null)));
    INDArray y = random(1, 3, 5, 2);
    assertEquals(
        network.score(new DataSet(padded(x, 0), y, MASK, MASK)),
        network.score(new DataSet(padded(x, 9), y, MASK, MASK)),
        1e-12);
  }

  @Test
  void gradientsOfAGraphPassDeeplearning4jsCheck() {
    ComputationGraph graph = residualGraph();
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.GraphConfig()
                .net(graph)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                .inputs(new INDArray[] {random(0, 3, 5, HIDDEN)})
                .labels(new INDArray[] {random(1, 3, 5, 2)})
                .inputMask(new INDArray[] {MASK})
                .labelMask(new INDArray[] {MASK})
                .excludeParams(Set.of())
                .subset(true)
                .maxPerParam(4)));
  }

  @Test
  void gradientsOfLayersPassDeeplearning4jsCheck() {
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.MLNConfig()
                .net(layers())
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                .input(random(0, 3, 5, HIDDEN))
                .labels(random(1, 3, 5, 2))
                .inputMask(MASK)
                .labelMask(MASK)
                .subset(true)
                .maxPerParam(4)));
  }

  /** A vertex either says what it does with a mask or refuses it; none passes one by. */
  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.VertexCase#all")
  void aMaskThatCannotBeHonouredIsRefused(VertexCase<?> vertex) {
    ComputationGraph graph = vertex.graph(vertex.vertex(), new NeuralNetConfiguration.Builder());
    VertexDefinition definition = vertex.vertex().getDefinition();
    for (int i = 0; i < vertex.inputTypes().length; i++) {
      INDArray[] masks = new INDArray[vertex.inputTypes().length];
      masks[i] = Nd4j.ones(2, 1);
      String input = definition.inputs().get(i);
      if (definition.maskUse(input) == MaskUse.REFUSED) {
        InvalidInputException e =
            assertThrows(InvalidInputException.class, () -> graph.setLayerMaskArrays(masks, null));
        assertTrue(
            e.getMessage().startsWith("Vertex \"vertex\" (")
                && e.getMessage().contains("for its input \"" + input + "\""),
            e.getMessage());
      } else {
        graph.setLayerMaskArrays(masks, null);
      }
    }
    assertTrue(Arrays.stream(graph.getLayers()).count() > 1);
  }
}
