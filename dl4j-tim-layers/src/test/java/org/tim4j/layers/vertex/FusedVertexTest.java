package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** The fused kernel of every vertex against its definition in double precision. */
class FusedVertexTest {
  private static final double TOLERANCE = 2e-6;

  /** Output, and errors by the name of the parameter or input, {@code null} where there is none. */
  private record Pass(INDArray output, Map<String, INDArray> errors) {}

  private static <B extends VertexBuilder<?, B>> Pass run(
      VertexCase<B> vertex, TimRuntime runtime, DataType type, int batch) {
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder().seed(7).updater(new Sgd(0.1)).dataType(type);
    ComputationGraph graph = vertex.graph(vertex.vertex(b -> b.runtime(runtime)), base);
    // The same numbers in both precisions.
    ComputationGraph single =
        vertex.graph(
            vertex.vertex(), new NeuralNetConfiguration.Builder().seed(7).updater(new Sgd(0.1)));
    graph.setParams(single.params().castTo(type));
    graph.initGradientsView();
    GraphVertex run = graph.getVertex(VertexCase.VERTEX);
    run.setInputs(
        Arrays.stream(vertex.inputs(batch, DataType.FLOAT))
            .map(input -> input.castTo(type))
            .toArray(INDArray[]::new));
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    INDArray output = run.doForward(true, workspaces).dup();
    run.setEpsilon(
        RandomStream.of(9, batch, Purpose.EVALUATION)
            .gaussians(DataType.FLOAT, output.shape())
            .castTo(type));
    Pair<Gradient, INDArray[]> errors = run.doBackward(false, workspaces);
    Map<String, INDArray> all = new LinkedHashMap<>(errors.getFirst().gradientForVariable());
    for (int i = 0; i < errors.getSecond().length; i++) {
      all.put("input" + i, errors.getSecond()[i]);
    }
    return new Pass(output, all);
  }

  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.VertexCase#all")
  void outputAndEveryErrorMatchTheDefinition(VertexCase<?> vertex) {
    for (int batch : new int[] {1, 5}) {
      Pass expected = run(vertex, TimRuntime.SAMEDIFF, DataType.DOUBLE, batch);
      Pass actual = run(vertex, TimRuntime.FUSED, DataType.FLOAT, batch);
      check("output", expected.output, actual.output, 0);
      double whole =
          Math.sqrt(
              expected.errors.values().stream()
                  .mapToDouble(e -> Math.pow(e.norm2Number().doubleValue(), 2))
                  .sum());
      assertEquals(expected.errors.keySet(), actual.errors.keySet());
      expected.errors.forEach(
          (name, error) -> check(name, error, actual.errors.get(name), 1e-7 * whole));
    }
  }

  private static void check(String name, INDArray expected, INDArray actual, double rounding) {
    INDArray difference = actual.castTo(DataType.DOUBLE).sub(expected);
    double distance = difference.norm2Number().doubleValue();
    double size = expected.norm2Number().doubleValue();
    assertTrue(
        distance <= TOLERANCE * size + rounding,
        () -> name + ": distance " + distance + " of " + size);
  }
}
