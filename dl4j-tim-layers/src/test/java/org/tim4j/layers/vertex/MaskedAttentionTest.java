package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.attention.CrossAttention;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.block.TimBlock;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Padding that a mask names is as if it were not there. */
class MaskedAttentionTest {
  private static final int HIDDEN = 8;
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  /** Two examples of 3 and of 5 tokens, and captions of 4 and of 1. */
  private static final INDArray TOKENS =
      Nd4j.createFromArray(new float[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}});

  private static final INDArray CAPTION =
      Nd4j.createFromArray(new float[][] {{1, 1, 1, 1}, {1, 0, 0, 0}});

  /**
   * A vertex on sets.
   *
   * @param inputs shapes
   * @param masks as many, null for none
   */
  record Masked(String name, TimVertex<?> vertex, long[][] inputs, INDArray... masks) {
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

  static List<Masked> cases(TimRuntime runtime) {
    long[] tokens = {2, 5, HIDDEN};
    long[] grid = {2, 1, 5, HIDDEN};
    long[] row = {2, HIDDEN};
    long[] caption = {2, 4, HIDDEN};
    return List.of(
        new Masked(
            "self-attention of sets",
            IntervalAttention.builder().hidden(HIDDEN).heads(2).runtime(runtime).build(),
            new long[][] {tokens},
            TOKENS),
        new Masked(
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
        new Masked(
            "attention to captions",
            CrossAttention.builder().hidden(HIDDEN).heads(2).runtime(runtime).build(),
            new long[][] {tokens, caption},
            TOKENS.castTo(DataType.BOOL),
            CAPTION),
        new Masked(
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

  static Stream<Masked> honoured() {
    return Stream.of(TimRuntime.values()).flatMap(runtime -> cases(runtime).stream());
  }

  /** The fused runtime has no double precision; single precision is compared with this one. */
  static Stream<Masked> inDouble() {
    return cases(TimRuntime.SAMEDIFF).stream();
  }

  private static INDArray output(ComputationGraph graph, INDArray[] inputs, INDArray[] masks) {
    return graph.output(false, inputs.clone(), masks)[0];
  }

  /** Returns what real tokens have in one example, {@code [tokens, hidden]}. */
  private static INDArray real(INDArray array, int example, int tokens) {
    return array.reshape(2, 5, HIDDEN).get(point(example), interval(0, tokens), all()).dup();
  }

  private static INDArray[] withOtherPadding(INDArray[] inputs, INDArray[] masks) {
    INDArray[] changed = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      changed[i] = inputs[i].dup();
      if (masks[i] != null) {
        long[] shape = inputs[i].shape();
        long tokens = inputs[i].length() / shape[0] / HIDDEN;
        INDArray flat = changed[i].reshape(shape[0] * tokens, HIDDEN);
        INDArray mask = masks[i].castTo(DataType.FLOAT).reshape(shape[0] * tokens);
        for (long j = 0; j < mask.length(); j++) {
          if (mask.getDouble(j) == 0) {
            flat.getRow(j).assign(50);
          }
        }
      }
    }
    return changed;
  }

  @ParameterizedTest
  @MethodSource("honoured")
  void whatPaddingHoldsChangesNoRealToken(Masked masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray expected = output(graph, inputs, masked.masks);
    INDArray actual = output(graph, withOtherPadding(inputs, masked.masks), masked.masks);
    assertEquals(real(expected, 0, 3), real(actual, 0, 3));
    assertEquals(real(expected, 1, 5), real(actual, 1, 5));
  }

  @ParameterizedTest
  @MethodSource("honoured")
  void aPaddedExampleIsTheShorterOne(Masked masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray padded = real(output(graph, inputs, masked.masks), 0, 3);
    INDArray[] shorter = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      INDArray first = inputs[i].get(interval(0, 1)).dup();
      shorter[i] =
          i > 0
              ? first
              : first.rank() == 4
                  ? first.get(all(), all(), interval(0, 3), all()).dup()
                  : first.get(all(), interval(0, 3), all()).dup();
    }
    INDArray alone = graph.output(shorter)[0].reshape(3, HIDDEN);
    assertTrue(alone.equalsWithEps(padded, 1e-5), alone + " and " + padded);
  }

  @ParameterizedTest
  @MethodSource("honoured")
  void aMaskOfOnesIsNoMaskToTheLastBit(Masked masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray[] ones = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      ones[i] = masked.masks[i] == null ? null : Nd4j.ones(masked.masks[i].shape());
    }
    INDArray masks = output(graph, inputs, ones);
    assertEquals(graph.output(inputs)[0], masks);
  }

  /** No mask of an earlier pass is looked at. */
  @ParameterizedTest
  @MethodSource("honoured")
  void aMaskLastsForOnePass(Masked masked) {
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    INDArray before = graph.output(inputs)[0].dup();
    output(graph, inputs, masked.masks);
    assertEquals(before, graph.output(inputs)[0]);
  }

  /** Nothing to attend to gives 0 before the projection, and errors that are finite. */
  @ParameterizedTest
  @MethodSource("honoured")
  void anExampleOfPaddingAloneStaysFinite(Masked masked) {
    staysFiniteWithoutKeys(masked, DataType.FLOAT);
    if (masked.vertex.getRuntime() == TimRuntime.SAMEDIFF) {
      staysFiniteWithoutKeys(masked, DataType.DOUBLE);
    }
  }

  private static void staysFiniteWithoutKeys(Masked masked, DataType type) {
    ComputationGraph graph = masked.graph(type);
    INDArray[] masks = new INDArray[masked.masks.length];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = masked.masks[i] == null ? null : masked.masks[i].castTo(DataType.FLOAT).dup();
      if (masks[i] != null) {
        masks[i].get(interval(0, 1)).assign(0);
      }
    }
    Pass pass = new Pass(graph, masked.values(type), masks);
    Stream.concat(Stream.of(pass.output), Stream.of(pass.inputErrors))
        .forEach(array -> assertTrue(Double.isFinite(array.sumNumber().doubleValue())));
  }

  /** One forward and backward pass. */
  private static final class Pass {
    final INDArray output;
    final INDArray[] inputErrors;
    final Gradient gradient;

    Pass(ComputationGraph graph, INDArray[] inputs, INDArray[] masks) {
      graph.initGradientsView();
      graph.setLayerMaskArrays(masks, null);
      GraphVertex vertex = graph.getVertex("vertex");
      vertex.setInputs(inputs.clone()); // It forgets them afterwards.
      output = vertex.doForward(true, NO_WORKSPACES).dup();
      vertex.setEpsilon(error(output));
      Pair<Gradient, INDArray[]> errors = vertex.doBackward(false, NO_WORKSPACES);
      gradient = errors.getFirst();
      inputErrors = errors.getSecond();
      graph.clearLayerMaskArrays();
    }

    /** Of real tokens alone, as a loss that honours the mask would have it. */
    static INDArray error(INDArray output) {
      INDArray error =
          RandomStream.of(9, 0, Purpose.EVALUATION).gaussians(output.dataType(), output.shape());
      INDArray mask = TOKENS.castTo(output.dataType()).reshape(10, 1);
      return error.reshape(10, HIDDEN).muliColumnVector(mask).reshape(output.shape());
    }
  }

  @ParameterizedTest
  @MethodSource("inDouble")
  void gradientsAgreeWithFiniteDifferences(Masked masked) {
    ComputationGraph graph = masked.graph(DataType.DOUBLE);
    INDArray[] inputs = masked.values(DataType.DOUBLE);
    Pass pass = new Pass(graph, inputs, masked.masks);
    pass.gradient
        .gradientForVariable()
        .forEach(
            (name, actual) ->
                check(
                    name, actual, slope(graph, masked, inputs, graph.getParam("vertex_" + name))));
    for (int i = 0; i < inputs.length; i++) {
      check("input " + i, pass.inputErrors[i], slope(graph, masked, inputs, inputs[i]));
    }
  }

  private static INDArray direction(INDArray values) {
    return RandomStream.of(8, 0, Purpose.EVALUATION).gaussians(DataType.DOUBLE, values.shape());
  }

  private static void check(String name, INDArray actual, double expected) {
    double along = actual.mul(direction(actual)).sumNumber().doubleValue();
    assertEquals(expected, along, 1e-6 * (1 + Math.abs(expected)), name);
  }

  private static double slope(
      ComputationGraph graph, Masked masked, INDArray[] inputs, INDArray values) {
    double step = 1e-6;
    INDArray kept = values.dup();
    values.addi(direction(values).mul(step));
    double above = loss(graph, masked, inputs);
    values.assign(kept).subi(direction(values).mul(step));
    double below = loss(graph, masked, inputs);
    values.assign(kept);
    return (above - below) / (2 * step);
  }

  private static double loss(ComputationGraph graph, Masked masked, INDArray[] inputs) {
    INDArray output = output(graph, inputs, masked.masks);
    return output.mul(Pass.error(output)).sumNumber().doubleValue();
  }

  /** No error flows to keys and values that nobody looks at. */
  @ParameterizedTest
  @MethodSource("inDouble")
  void paddingGetsNoError(Masked masked) {
    INDArray[] inputs = masked.values(DataType.DOUBLE);
    Pass pass = new Pass(masked.graph(DataType.DOUBLE), inputs, masked.masks);
    INDArray padding = pass.inputErrors[0].reshape(2, 5, HIDDEN);
    assertEquals(0.0, largest(padding.get(point(0), interval(3, 5), all())));
    if (inputs.length > 1 && inputs[inputs.length - 1].rank() == 3) {
      INDArray caption = pass.inputErrors[inputs.length - 1];
      assertEquals(0.0, largest(caption.get(point(1), interval(1, 4), all())));
    }
  }

  private static double largest(INDArray values) {
    return Arrays.stream(values.dup('c').data().asDouble()).map(Math::abs).max().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(TimRuntime.class)
  void masksThatDoNotFitAreRefused(TimRuntime runtime) {
    Masked masked = cases(runtime).get(0);
    ComputationGraph graph = masked.graph(DataType.FLOAT);
    INDArray[] inputs = masked.values(DataType.FLOAT);
    for (INDArray mask :
        new INDArray[] {
          Nd4j.ones(2, 4),
          Nd4j.ones(1, 5),
          Nd4j.ones(5, 2),
          Nd4j.ones(10),
          TOKENS.mul(0.5),
          TOKENS.sub(1),
          TOKENS.div(0)
        }) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class, () -> output(graph, inputs, new INDArray[] {mask}));
      assertTrue(e.getMessage().startsWith("The mask of input \"tokens\" "), e.getMessage());
    }
  }
}
