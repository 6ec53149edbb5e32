package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.embedding.PatchEmbedding;
import org.tim4j.layers.embedding.VectorEmbedding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** How inputs lie is checked when a graph is built. */
class InputFormatTest {

  private static final String SOURCE = "org.tim4j.layers.vertex.VertexCase#all";
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private static INDArray random(long... shape) {
    return RandomStream.of(5, 0, Purpose.EVALUATION).gaussians(DataType.FLOAT, shape);
  }

  private static InputType other(InputType type) {
    if (type instanceof InputType.InputTypeConvolutional image) {
      return InputType.convolutional(
          image.getHeight(),
          image.getWidth(),
          image.getChannels(),
          image.getFormat() == CNN2DFormat.NCHW ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
    }
    return type instanceof InputType.InputTypeRecurrent tokens
        ? InputType.recurrent(tokens.getSize(), tokens.getTimeSeriesLength(), RNNFormat.NCW)
        : null;
  }

  @ParameterizedTest
  @MethodSource(SOURCE)
  void theOtherFormatIsRefusedByName(VertexCase<?> vertex) {
    for (int i = 0; i < vertex.inputTypes().length; i++) {
      InputType[] types = vertex.inputTypes().clone();
      types[i] = other(types[i]);
      if (types[i] != null) {
        String input = vertex.vertex().getDefinition().inputs().get(i);
        InvalidInputException e =
            assertThrows(
                InvalidInputException.class, () -> vertex.vertex().getOutputType(0, types));
        assertTrue(
            e.getMessage().startsWith("Input \"" + input + "\"")
                && e.getMessage().contains("is declared as InputType")
                && e.getMessage()
                    .contains(
                        types[i] instanceof InputType.InputTypeRecurrent
                            ? "RNNFormat.NWC"
                            : "CNN2DFormat."),
            e.getMessage());
      }
    }
  }

  /** 32 channels of 32 rows: only the declared format tells them apart. */
  @Test
  void filtersOfAConvolutionAreNoRowsOfAGrid() {
    for (CNN2DFormat format : CNN2DFormat.values()) {
      GraphBuilder graph =
          new NeuralNetConfiguration.Builder()
              .graphBuilder()
              .addInputs("x")
              .setInputTypes(InputType.convolutional(32, 32, 3, format))
              .addLayer(
                  "convolution",
                  new ConvolutionLayer.Builder(3, 3)
                      .convolutionMode(ConvolutionMode.Same)
                      .nOut(32)
                      .build(),
                  "x")
              .addVertex(
                  "attention",
                  IntervalAttention.builder().hidden(32).heads(4).build(),
                  "convolution")
              .addLayer(
                  "loss",
                  new CnnLossLayer.Builder(LossFunction.MSE)
                      .activation(Activation.IDENTITY)
                      .build(),
                  "attention")
              .setOutputs("loss");
      if (format == CNN2DFormat.NHWC) {
        graph.build();
      } else {
        String message = assertThrows(InvalidInputException.class, graph::build).getMessage();
        assertTrue(message.contains("NCHW") && message.contains("NHWC"), message);
      }
    }
  }

  private static ComputationGraph patches(CNN2DFormat format, TimRuntime runtime) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.convolutional(4, 4, 4, format))
                .addVertex(
                    "patches",
                    PatchEmbedding.builder()
                        .channels(4)
                        .patch(2)
                        .hidden(8)
                        .dataFormat(format)
                        .runtime(runtime)
                        .build(),
                    "x")
                .setOutputs("patches")
                .build());
    graph.init();
    graph.initGradientsView();
    return graph;
  }

  /** As many rows as channels, which no shape tells apart. */
  @ParameterizedTest
  @EnumSource(TimRuntime.class)
  void patchesOfChannelsLastImagesAreThoseOfChannelsFirst(TimRuntime runtime) {
    INDArray image = random(2, 4, 4, 4);
    GraphVertex first = patches(CNN2DFormat.NCHW, runtime).getVertex("patches");
    GraphVertex last = patches(CNN2DFormat.NHWC, runtime).getVertex("patches");
    first.setInputs(image);
    last.setInputs(image.permute(0, 2, 3, 1).dup('c'));
    INDArray expected = first.doForward(true, NO_WORKSPACES);
    assertEquals(expected, last.doForward(true, NO_WORKSPACES));
    first.setEpsilon(random(expected.shape()));
    last.setEpsilon(random(expected.shape()));
    assertEquals(
        first.doBackward(false, NO_WORKSPACES).getSecond()[0].permute(0, 2, 3, 1).dup('c'),
        last.doBackward(false, NO_WORKSPACES).getSecond()[0]);
    assertEquals(first.getGradientsViewArray(), last.getGradientsViewArray());
  }

  private static MultiLayerNetwork layers(TimVertex<? extends VertexDefinition> vertex) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new VertexLayer(vertex))
                .setInputType(InputType.convolutionalFlat(4, 6, 2))
                .validateOutputLayerConfig(false)
                .build());
    network.init();
    return network;
  }

  /** As Deeplearning4j does before a convolution, or before a dense layer. */
  @Test
  void flatImagesAreCutForLayersThatReadImagesAndAreVectorsToOthers() {
    INDArray image = random(3, 2, 4, 6);
    INDArray flat = image.reshape('c', 3, 48);
    TimVertex<PatchEmbedding> patches =
        PatchEmbedding.builder().channels(2).patch(2).hidden(8).build();
    MultiLayerNetwork network = layers(patches);
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addVertex("patches", patches, "x")
                .setOutputs("patches")
                .build());
    graph.init(network.params().dup(), false);
    assertEquals(graph.outputSingle(image), network.output(flat));
    for (TimVertex<? extends VertexDefinition> vertex :
        Arrays.<TimVertex<? extends VertexDefinition>>asList(
            SwiGlu.builder().nIn(48).inner(3).nOut(5).build(),
            VectorEmbedding.builder().nIn(48).hidden(5).build())) {
      assertEquals(5, layers(vertex).output(flat).size(1));
    }
    assertThrows(
        InvalidInputException.class,
        () -> layers(IntervalAttention.builder().hidden(8).heads(2).build()));
  }

  /** Pixels as they come. */
  @ParameterizedTest
  @EnumSource(TimRuntime.class)
  void wholeNumbersAreTakenForWhatTheyAre(TimRuntime runtime) {
    ComputationGraph graph = patches(CNN2DFormat.NCHW, runtime);
    INDArray pixels = random(2, 4, 4, 4).mul(40).add(128);
    for (DataType type : new DataType[] {DataType.UINT8, DataType.INT32, DataType.INT64}) {
      INDArray whole = pixels.castTo(type);
      GraphVertex vertex = graph.getVertex("patches");
      vertex.setInputs(whole.castTo(DataType.FLOAT));
      INDArray expected = vertex.doForward(true, NO_WORKSPACES);
      vertex.setInputs(whole);
      assertEquals(expected, vertex.doForward(true, NO_WORKSPACES));
      vertex.setEpsilon(random(expected.shape()));
      assertEquals(
          DataType.FLOAT, vertex.doBackward(false, NO_WORKSPACES).getSecond()[0].dataType());
      assertEquals(expected, graph.outputSingle(whole));
    }
  }
}
