package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.embedding.FeatureTokenizer;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.layers.vertex.VertexLayer;

/** Rows of a table whose columns are tokens. */
class TableRowsTest {
  private static final int BATCH = 3;

  private final RandomStream random = RandomStream.of(6, 0, Purpose.EVALUATION);

  @ParameterizedTest
  @EnumSource
  void tokensAreTheirColumnsTimesTheirOwnWeightsPlusTheirOwnBias(TimRuntime runtime) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("row")
                .setInputTypes(InputType.recurrent(3, 1, RNNFormat.NWC))
                .addLayer(
                    "tokens",
                    new VertexLayer(
                        FeatureTokenizer.builder()
                            .columns(List.of(1, 2))
                            .hidden(2)
                            .runtime(runtime)
                            .build()),
                    "row")
                .setOutputs("tokens")
                .build());
    graph.init();
    graph
        .paramTable()
        .get("tokens_W")
        .assign(Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}}));
    graph
        .paramTable()
        .get("tokens_b")
        .assign(Nd4j.createFromArray(new float[][] {{.1f, .2f}, {.3f, .4f}}));
    INDArray rows = Nd4j.createFromArray(new float[][][] {{{10, 100, 1000}}, {{0, 1, -1}}});
    assertArrayEquals(
        new float[] {10.1f, 20.2f, 5300.3f, 6400.4f, .1f, .2f, -1.7f, -1.6f},
        graph.outputSingle(rows).reshape(8).toFloatVector(),
        1e-3f);
  }

  private static TimNetworkConfig config(TimRuntime runtime, Integer... columns) {
    return TimNetworkConfig.builder()
        .inputKind(InputKind.ROWS)
        .channels(Arrays.stream(columns).reduce(0, Integer::sum))
        .columns(List.of(columns))
        .hidden(8)
        .depth(2)
        .heads(2)
        .runtime(runtime)
        .build();
  }

  private TimInput input(INDArray rows) {
    INDArray t = Nd4j.createFromArray(0.9f, 0.6f, 0.3f).reshape(BATCH, 1);
    return TimInput.unconditional(rows, t, t.mul(0.5));
  }

  /** Columns (1, 2) with their parameters in the order (2, 1) give the numbers in that order. */
  @ParameterizedTest
  @EnumSource
  void theOrderOfTheColumnsHasNoMeaning(TimRuntime runtime) {
    TimNetwork network = TimNetwork.create(config(runtime, 1, 2), 1);
    network
        .parameters()
        .addi(random.gaussians(DataType.FLOAT, network.parameters().length()).mul(0.3));
    TimNetwork other = TimNetwork.create(config(runtime, 2, 1), 1);
    other.parameters().assign(network.parameters());
    Map<String, INDArray> from = network.parameterTable();
    Map<String, INDArray> to = other.parameterTable();
    int[] order = {1, 2, 0};
    to.get("patch.W").assign(from.get("patch.W").getRows(order));
    to.get("patch.b").assign(from.get("patch.b").getRows(1, 0));
    to.get("final.W").assign(from.get("final.W").getColumns(order));
    for (int i = 0; i < order.length; i++) {
      to.get("final.b").putScalar(i, from.get("final.b").getDouble(order[i]));
    }
    INDArray rows = random.gaussians(DataType.FLOAT, BATCH, 1, 3);
    INDArray expected = network.predict(input(rows)).reshape(BATCH, 3).getColumns(order);
    INDArray moved = rows.reshape(BATCH, 3).getColumns(order).reshape(BATCH, 1, 3);
    INDArray actual = other.predict(input(moved)).reshape(BATCH, 3);
    assertEquals(0, expected.sub(actual).norm2Number().doubleValue(), 1e-5);
  }

  /** A number that depends on another column shows that tokens attend to each other. */
  @ParameterizedTest
  @EnumSource
  void everyColumnSeesEveryOther(TimRuntime runtime) {
    TimNetwork network = TimNetwork.create(config(runtime, 1, 2), 1);
    network
        .parameters()
        .addi(random.gaussians(DataType.FLOAT, network.parameters().length()).mul(0.3));
    INDArray rows = random.gaussians(DataType.FLOAT, BATCH, 1, 3);
    INDArray before = network.predict(input(rows)).dup();
    rows.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(0)).addi(1);
    INDArray change = network.predict(input(rows)).sub(before).reshape(BATCH, 3);
    for (int number = 0; number < 3; number++) {
      double size = change.getColumn(number).norm2Number().doubleValue();
      assertTrue(size > 1e-3, "number " + number + " changed by " + size);
    }
  }

  /** A row of a single column too, whose tokens are not summed over. */
  static List<List<Integer>> tables() {
    return List.of(List.of(3, 1, 2), List.of(6));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theFusedNetworkAndItsGradientAgreeWithDoublePrecision(List<Integer> columns) {
    Integer[] widths = columns.toArray(Integer[]::new);
    TimNetwork fused = TimNetwork.create(config(TimRuntime.FUSED, widths), 1);
    fused.parameters().addi(random.gaussians(DataType.FLOAT, fused.parameters().length()).mul(0.3));
    TimNetwork precise =
        TimNetwork.create(
            config(TimRuntime.SAMEDIFF, widths).toBuilder().dataType(DataType.DOUBLE).build(), 1);
    precise.parameters().assign(fused.parameters().castTo(DataType.DOUBLE));
    INDArray rows = random.gaussians(DataType.FLOAT, BATCH, 1, 6);
    INDArray error = random.gaussians(DataType.FLOAT, BATCH, 1, 6);
    TimInput single = input(rows);
    TimInput twice =
        TimInput.unconditional(
            rows.castTo(DataType.DOUBLE),
            single.t().castTo(DataType.DOUBLE),
            single.r().castTo(DataType.DOUBLE));
    assertClose(precise.forward(twice).prediction(), fused.forward(single).prediction());
    assertClose(precise.backward(error.castTo(DataType.DOUBLE), null), fused.backward(error, null));
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    double distance = actual.castTo(DataType.DOUBLE).sub(expected).norm2Number().doubleValue();
    assertEquals(0, distance / expected.norm2Number().doubleValue(), 1e-5);
  }

  @ParameterizedTest
  @EnumSource
  void otherShapesAreRefused(TimRuntime runtime) {
    TimNetwork network = TimNetwork.create(config(runtime, 1, 2), 1);
    for (long[] shape : new long[][] {{BATCH, 3}, {BATCH, 2, 3}, {BATCH, 1, 4}}) {
      INDArray rows = Nd4j.zeros(DataType.FLOAT, shape);
      assertThrows(InvalidInputException.class, () -> network.predict(input(rows)));
    }
  }
}
