package org.tim4j.layers.vertex;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.attention.CrossAttention;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * A vertex on sets, some of which have padding.
 *
 * @param inputs shapes
 * @param masks as many, null for none
 */
record MaskedCase(String name, TimVertex<?> vertex, long[][] inputs, INDArray... masks) {
  static final int HIDDEN = 8;

  /** Two examples of 3 and of 5 tokens, and captions of 4 and of 1. */
  static final INDArray TOKENS =
      Nd4j.createFromArray(new float[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}});

  static final INDArray CAPTION = Nd4j.createFromArray(new float[][] {{1, 1, 1, 1}, {1, 0, 0, 0}});

  static List<MaskedCase> cases(TimRuntime runtime) {
    long[] tokens = {2, 5, HIDDEN};
    long[] grid = {2, 1, 5, HIDDEN};
    long[] row = {2, HIDDEN};
    long[] caption = {2, 4, HIDDEN};
    return List.of(
        new MaskedCase(
            "self-attention of sets",
            IntervalAttention.builder().hidden(HIDDEN).heads(2).runtime(runtime).build(),
            new long[][] {tokens},
            TOKENS),
        new MaskedCase(
            "self-attention of grids with an interval",
            IntervalAttention.builder()
                .hidden(HIDDEN)
                .heads(1)
                .distanceAware(true)
                .runtime(runtime)
                .build(),
            new long[][] {grid, row},
            TOKENS.reshape(2, 1, 1, 5),
            null),
        new MaskedCase(
            "attention to captions",
            CrossAttention.builder().hidden(HIDDEN).heads(2).runtime(runtime).build(),
            new long[][] {tokens, caption},
            TOKENS.castTo(DataType.BOOL),
            CAPTION),
        new MaskedCase(
            "block",
            TimBlock.builder()
                .attention(
                    IntervalAttention.builder()
                        .hidden(HIDDEN)
                        .heads(2)
                        .distanceAware(true)
                        .definition())
                .mlpHidden(6)
                .modulationRank(4)
                .captioned(true)
                .runtime(runtime)
                .build(),
            new long[][] {tokens, row, row, caption},
            TOKENS,
            null,
            null,
            CAPTION));
  }

  static Stream<MaskedCase> honoured() {
    return Stream.of(TimRuntime.values()).flatMap(runtime -> cases(runtime).stream());
  }

  /** The fused runtime has no double precision; single precision is compared with this one. */
  static Stream<MaskedCase> inDouble() {
    return cases(TimRuntime.SAMEDIFF).stream();
  }

  @Override
  public String toString() {
    return vertex.getRuntime() + ": " + name;
  }

  INDArray[] values(DataType type) {
    RandomStream random = RandomStream.of(5, 0, Purpose.EVALUATION);
    return Stream.of(inputs).map(shape -> random.gaussians(type, shape)).toArray(INDArray[]::new);
  }

  ComputationGraph graph(DataType type) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      names.add("input" + i);
    }
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder().seed(7).dataType(type).graphBuilder();
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .addInputs(names)
                .addVertex("vertex", vertex, names.toArray(String[]::new))
                .setOutputs("vertex")
                .build());
    graph.init();
    graph
        .params()
        .addi(
            RandomStream.of(3, 0, Purpose.EVALUATION)
                .gaussians(type, graph.params().shape())
                .mul(0.1));
    return graph;
  }
}
