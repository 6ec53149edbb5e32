package org.tim4j.objective.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.attention.Rotary;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.block.OutputProjection;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.embedding.TimeEmbedding;
import org.tim4j.layers.weights.ModuleWeights;

/** Writes the file of single layers, computed by SameDiff in double precision. */
final class ModuleReferences {
  private final RandomArrays random;
  private final TensorFile file = new TensorFile();
  private final int heads;
  private final int hidden;
  private final TokenGrid grid;
  private final int batch;

  ModuleReferences(RandomArrays random) {
    this.random = random;
    heads = random.between(1, 4);
    hidden = heads * 4 * random.between(1, 3);
    grid = new TokenGrid(random.between(2, 4), random.between(5, 6), true);
    batch = random.between(1, 4);
  }

  void write(Path folder) throws IOException {
    file.description
        .putObject("dims")
        .put("hidden", hidden)
        .put("heads", heads)
        .put("tokens", grid.tokens());
    for (boolean norm : new boolean[] {true, false}) {
      for (boolean distance : new boolean[] {true, false}) {
        addAttention(norm, distance);
      }
    }
    addBlock();
    addTimeEmbedding();
    addGatedUnit();
    addFinalLayer();
    addImages();
    addPositions();
    file.write(folder, "modules");
  }

  private INDArray tokens(String prefix) {
    INDArray x = random.singles(batch, grid.tokens(), hidden);
    file.f32(prefix + "x", x);
    return x.reshape(batch, grid.height(), grid.width(), hidden);
  }

  private INDArray row(String key) {
    INDArray row = random.singles(batch, 1, hidden);
    file.f32(key, row);
    return row.reshape(batch, hidden);
  }

  private void addTables(String prefix, TokenGrid tokens, int size) {
    Rotary rotary = new Rotary(tokens, size, RopeOrder.OFFICIAL);
    file.f32(prefix + "cos", Nd4j.createFromArray(rotary.cosines()))
        .f32(prefix + "sin", Nd4j.createFromArray(rotary.sines()));
  }

  private void addAttention(boolean norm, boolean distance) {
    String prefix = "attn/qk_norm=%d/distance=%d/".formatted(norm ? 1 : 0, distance ? 1 : 0);
    addTables(prefix, grid, hidden / heads);
    INDArray x = tokens(prefix);
    INDArray delta = row(prefix + "delta");
    GraphVertex vertex =
        IntervalAttention.builder()
            .hidden(hidden)
            .heads(heads)
            .qkNorm(norm)
            .distanceAware(distance)
            .ropeOrder(RopeOrder.OFFICIAL)
            .build();
    INDArray out =
        new Layer(vertex, distance ? new INDArray[] {x, delta} : new INDArray[] {x})
            .weights("block0", "", "blocks.0.attn.", prefix + "w/")
            .output();
    file.f32(prefix + "out", out.reshape(batch, grid.tokens(), hidden));
  }

  private void addBlock() {
    addTables("block/", grid, hidden / heads);
    GraphVertex vertex =
        TimBlock.builder()
            .attention(
                IntervalAttention.builder()
                    .hidden(hidden)
                    .heads(heads)
                    .qkNorm(true)
                    .distanceAware(true)
                    .ropeOrder(RopeOrder.OFFICIAL)
                    .definition())
            .mlpHidden(random.between(3, 20))
            .modulationRank(random.between(1, 9))
            .build();
    INDArray out =
        new Layer(vertex, tokens("block/"), row("block/c"), row("block/delta"))
            .weights("block0", "", "blocks.0.", "block/w/")
            .output();
    file.f32("block/out", out.reshape(batch, grid.tokens(), hidden));
  }

  private void addTimeEmbedding() {
    int width = random.between(3, 30);
    double[] times = {0, 0.25, -1.5, 37, 500};
    file.f32("temb/t", Nd4j.createFromArray(times));
    INDArray out =
        new Layer(TimeEmbedding.builder().hidden(width).build(), RandomArrays.column(times))
            .weights("time", "", "t_embedder.", "temb/w/")
            .output();
    file.f32("temb/out", out);
    int half = MethodConstants.SINUSOID_WIDTH / 2;
    double[][] sinusoid = new double[times.length][2 * half];
    for (int i = 0; i < times.length; i++) {
      for (int j = 0; j < half; j++) {
        double angle = times[i] * Math.pow(MethodConstants.FREQUENCY_BASE, -j / (double) half);
        sinusoid[i][j] = Math.cos(angle);
        sinusoid[i][half + j] = Math.sin(angle);
      }
    }
    file.f32("temb/sinusoid", Nd4j.createFromArray(sinusoid))
        .f64("temb/sinusoid_f64", Nd4j.createFromArray(sinusoid));
  }

  private void addGatedUnit() {
    int in = random.between(2, 20);
    INDArray x = random.singles(random.between(1, 6), in);
    file.f32("swiglu/x", x);
    GraphVertex vertex =
        SwiGlu.builder().nIn(in).inner(random.between(1, 30)).nOut(random.between(1, 9)).build();
    file.f32(
        "swiglu/out",
        new Layer(vertex, x).weights("block0", "mlp", "blocks.0.mlp.", "swiglu/w/").output());
  }

  private void addFinalLayer() {
    INDArray x = random.singles(batch, random.between(1, 7), hidden);
    file.f32("final/x", x);
    GraphVertex vertex =
        OutputProjection.builder().hidden(hidden).channels(random.between(1, 13)).build();
    file.f32(
        "final/out",
        new Layer(vertex, x, row("final/c"))
            .weights("final", "", "final_layer.", "final/w/")
            .output());
  }

  /** Values of a token are in the order row, column, channel. */
  private void addImages() {
    int patch = random.between(1, 3);
    int channels = random.between(1, 4);
    int rows = random.between(2, 3);
    int columns = random.between(4, 5);
    INDArray tokens = random.singles(2, rows * columns, patch * patch * channels);
    INDArray image =
        tokens
            .reshape(2, rows, columns, patch, patch, channels)
            .permute(0, 5, 1, 3, 2, 4)
            .dup('c')
            .reshape(2, channels, rows * patch, columns * patch);
    file.f32("unpatchify/tokens", tokens)
        .f32("unpatchify/img_%dx%d".formatted(rows * patch, columns * patch), image);
  }

  private void addPositions() {
    TokenGrid other = new TokenGrid(random.between(1, 4), random.between(5, 9), true);
    String prefix = "rope/%dx%d/".formatted(other.height(), other.width());
    addTables(prefix + "hd=12/", other, 12);
    int count = (int) other.tokens();
    file.i64(
        prefix + "grid",
        IntStream.range(0, 2 * count)
            .mapToDouble(
                i -> i < count ? i % other.height() : (double) ((i - count) / other.height()))
            .toArray(),
        2,
        count);
    INDArray x = random.singles(2, 3, 10);
    INDArray turned = x.dup();
    for (int i = 0; i < x.length(); i += 2) {
      turned.putScalar(i, -x.getDouble(i + 1));
      turned.putScalar(i + 1, x.getDouble(i));
    }
    file.f32("rotate_half/x", x).f32("rotate_half/out", turned);
  }

  /** A layer alone in a graph of double precision. */
  private final class Layer {
    private final ComputationGraph graph;
    private final INDArray[] inputs;

    Layer(GraphVertex vertex, INDArray... inputs) {
      this.inputs = inputs;
      String[] names =
          IntStream.range(0, inputs.length).mapToObj(i -> "in" + i).toArray(String[]::new);
      InputType[] types = new InputType[inputs.length];
      for (int i = 0; i < types.length; i++) {
        long[] shape = inputs[i].shape();
        types[i] =
            switch (shape.length) {
              case 2 -> InputType.feedForward(shape[1]);
              case 3 -> InputType.recurrent(shape[2], shape[1], RNNFormat.NWC);
              default -> InputType.convolutional(shape[1], shape[2], shape[3], CNN2DFormat.NHWC);
            };
      }
      GraphBuilder builder =
          new NeuralNetConfiguration.Builder()
              .dataType(DataType.DOUBLE)
              .graphBuilder()
              .addInputs(names)
              .setInputTypes(types)
              .addVertex("layer", vertex, names)
              .setOutputs("layer");
      graph = new ComputationGraph(builder.build());
      graph.init();
    }

    /** Draws the weights under the authors' names. */
    Layer weights(String vertex, String unit, String module, String prefix) {
      Map<String, INDArray> parameters = graph.getVertex("layer").paramTable(false);
      Map<String, long[]> shapes = new LinkedHashMap<>();
      parameters.forEach((name, values) -> shapes.put(name, values.shape()));
      ModuleWeights weights = new ModuleWeights(vertex, unit, module, shapes);
      for (String name : weights.names()) {
        INDArray values = random.singles(weights.shape(name)).muli(0.3).castTo(DataType.FLOAT);
        file.f32(prefix + name, values);
        weights.load(name, values.castTo(DataType.DOUBLE), parameters);
      }
      return this;
    }

    INDArray output() {
      return graph.output(false, inputs)[0];
    }
  }
}
