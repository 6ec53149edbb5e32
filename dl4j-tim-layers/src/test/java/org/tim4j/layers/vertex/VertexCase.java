package org.tim4j.layers.vertex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.tim4j.layers.attention.CrossAttention;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.block.FeatureDetokenizer;
import org.tim4j.layers.block.OutputProjection;
import org.tim4j.layers.block.RepresentationHead;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.embedding.CaptionEmbedding;
import org.tim4j.layers.embedding.ClassEmbedding;
import org.tim4j.layers.embedding.FeatureTokenizer;
import org.tim4j.layers.embedding.PatchEmbedding;
import org.tim4j.layers.embedding.TextEmbedding;
import org.tim4j.layers.embedding.TimeEmbedding;
import org.tim4j.layers.embedding.TokenEmbedding;
import org.tim4j.layers.embedding.TransitionEmbedding;
import org.tim4j.layers.embedding.VectorEmbedding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * A kind of vertex in a graph that is as small as can be: the vertex, its output as a row, and an
 * output layer of two numbers.
 *
 * @param name shown in reports
 * @param builder makes the vertex's builder
 * @param inputTypes one for each input
 */
record VertexCase<B extends VertexBuilder<?, B>>(
    String name, BuilderOf<B> builder, InputType... inputTypes) {

  /** Makes a fresh builder. */
  interface BuilderOf<B> {
    B get();
  }

  static final String VERTEX = "vertex";
  static final int OUTPUTS = 2;

  private static final InputType GRID = InputType.convolutional(2, 3, 8, CNN2DFormat.NHWC);
  private static final InputType IMAGE = InputType.convolutional(4, 6, 2, CNN2DFormat.NCHW);
  private static final InputType TOKENS = InputType.recurrent(8, 5, RNNFormat.NWC);
  private static final InputType ROW = InputType.feedForward(8);
  private static final InputType TABLE_ROW = InputType.recurrent(8, 1, RNNFormat.NWC);
  private static final InputType SCALAR = InputType.feedForward(1);
  private static final InputType TEXT = InputType.feedForward(3);

  static List<VertexCase<?>> all() {
    return List.of(
        of("PatchEmbedding", () -> PatchEmbedding.builder().channels(2).patch(2).hidden(8), IMAGE),
        of("TokenEmbedding", () -> TokenEmbedding.builder().nIn(8).hidden(4), TOKENS),
        of(
            "FeatureTokenizer",
            () -> FeatureTokenizer.builder().columns(List.of(1, 4, 1, 2)).hidden(4),
            TABLE_ROW),
        of("TimeEmbedding", () -> TimeEmbedding.builder().hidden(4), SCALAR),
        of(
            "TransitionEmbedding",
            () ->
                TransitionEmbedding.builder()
                    .hidden(4)
                    .condition(IntervalCondition.T_AND_R_AND_T_MINUS_R),
            SCALAR,
            SCALAR),
        of("ClassEmbedding", () -> ClassEmbedding.builder().nIn(4).hidden(8), SCALAR),
        of("VectorEmbedding", () -> VectorEmbedding.builder().nIn(8).hidden(4), ROW),
        of("CaptionEmbedding", () -> CaptionEmbedding.builder().nIn(8).hidden(4), TOKENS),
        of(
            "TextEmbedding",
            () -> TextEmbedding.builder().vocabulary(4).length(3).features(8),
            TEXT),
        of("SwiGlu", () -> SwiGlu.builder().nIn(8).inner(5).nOut(4), GRID),
        of(
            "IntervalAttention of a grid",
            () -> IntervalAttention.builder().hidden(8).heads(2),
            GRID),
        of(
            "IntervalAttention of a set with an interval",
            () -> IntervalAttention.builder().hidden(8).heads(2).distanceAware(true),
            TOKENS,
            ROW),
        of("CrossAttention", () -> CrossAttention.builder().hidden(8).heads(2), GRID, TOKENS),
        of(
            "TimBlock",
            () ->
                TimBlock.builder()
                    .attention(
                        IntervalAttention.builder()
                            .hidden(8)
                            .heads(2)
                            .distanceAware(true)
                            .definition())
                    .mlpHidden(6)
                    .modulationRank(4)
                    .captioned(true),
            GRID,
            ROW,
            ROW,
            TOKENS),
        of(
            "OutputProjection",
            () -> OutputProjection.builder().hidden(8).channels(2).patch(2),
            GRID,
            ROW),
        of(
            "FeatureDetokenizer",
            () -> FeatureDetokenizer.builder().columns(List.of(1, 4, 1, 2, 1)).hidden(8),
            TOKENS,
            ROW),
        of(
            "RepresentationHead",
            () -> RepresentationHead.builder().hidden(8).inner(6).features(5),
            GRID));
  }

  static List<VertexCase<?>> withOneInput() {
    return all().stream().filter(vertex -> vertex.inputTypes.length == 1).toList();
  }

  private static <B extends VertexBuilder<?, B>> VertexCase<B> of(
      String name, BuilderOf<B> builder, InputType... inputs) {
    return new VertexCase<>(name, builder, inputs);
  }

  @Override
  public String toString() {
    return name;
  }

  TimVertex<?> vertex() {
    return vertex(UnaryOperator.identity());
  }

  TimVertex<?> vertex(UnaryOperator<B> change) {
    return change.apply(builder.get()).build();
  }

  /** Returns the configuration of the graph; two calls return equal ones. */
  ComputationGraphConfiguration configuration(
      TimVertex<?> vertex, NeuralNetConfiguration.Builder base) {
    ComputationGraphConfiguration.GraphBuilder graph = base.graphBuilder();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < inputTypes.length; i++) {
      inputs.add("input" + i);
    }
    int numbers = (int) vertex.getOutputType(0, inputTypes).arrayElementsPerExample();
    return graph
        .addInputs(inputs)
        .setInputTypes(inputTypes)
        .addVertex(VERTEX, vertex, inputs.toArray(String[]::new))
        .addVertex("row", new ReshapeVertex(-1, numbers), VERTEX)
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nOut(OUTPUTS)
                .activation(Activation.IDENTITY)
                .build(),
            "row")
        .setOutputs("output")
        .build();
  }

  /** Returns a graph whose parameters are not those of its start, where some outputs are 0. */
  ComputationGraph graph(TimVertex<?> vertex, NeuralNetConfiguration.Builder base) {
    ComputationGraph graph = new ComputationGraph(configuration(vertex, base));
    graph.init();
    INDArray parameters = graph.params();
    parameters.addi(
        RandomStream.of(3, 0, Purpose.EVALUATION)
            .gaussians(parameters.dataType(), parameters.length())
            .mul(0.1));
    return graph;
  }

  /**
   * Returns inputs that are valid for every vertex: classes or tokens where whole numbers are
   * wanted.
   */
  INDArray[] inputs(int batch, DataType type) {
    RandomStream random = RandomStream.of(4, 0, Purpose.EVALUATION);
    return Arrays.stream(inputTypes)
        .map(
            input -> {
              long[] shape = input.getShape(true);
              shape[0] = batch;
              return input == SCALAR || input == TEXT
                  ? Nd4j.arange(batch * shape[1]).reshape(batch, shape[1]).fmod(4).castTo(type)
                  : random.gaussians(type, shape);
            })
        .toArray(INDArray[]::new);
  }

  MultiDataSet data(int batch, DataType type) {
    INDArray labels = RandomStream.of(5, 0, Purpose.EVALUATION).gaussians(type, batch, OUTPUTS);
    return new MultiDataSet(inputs(batch, type), new INDArray[] {labels});
  }
}
