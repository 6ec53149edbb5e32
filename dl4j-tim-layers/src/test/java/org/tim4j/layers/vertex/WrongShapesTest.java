package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * Arrays of random wrong shapes, everywhere where a vertex takes one: each is refused by name
 * before anything is computed or changed, so that none gets to code that reads memory by address.
 */
class WrongShapesTest {
  private static final int DRAWS = 60;
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private final RandomStream random = RandomStream.of(11, 0, Purpose.EVALUATION);

  @ParameterizedTest
  @EnumSource(TimRuntime.class)
  void everyWrongShapeIsRefused(TimRuntime runtime) {
    int refused = 0;
    for (VertexCase<?> vertex : VertexCase.all()) {
      ComputationGraph graph = graph(vertex, runtime);
      INDArray before = graph.params().dup();
      for (int draw = 0; draw < DRAWS; draw++) {
        refused += refusals(vertex, graph, draw);
      }
      assertEquals(before, graph.params(), vertex.name());
    }
    assertTrue(refused > 0.9 * DRAWS * VertexCase.all().size(), refused + " were refused");
  }

  private static <B extends VertexBuilder<?, B>> ComputationGraph graph(
      VertexCase<B> vertex, TimRuntime runtime) {
    ComputationGraph graph =
        vertex.graph(
            vertex.vertex(b -> b.runtime(runtime)), new NeuralNetConfiguration.Builder().seed(7));
    graph.initGradientsView();
    return graph;
  }

  /** Returns 1 if the draw was refused, 0 if it happened to fit. */
  private int refusals(VertexCase<?> vertex, ComputationGraph graph, int draw) {
    Map<String, INDArray> parameters =
        new TreeMap<>(graph.getVertex(VertexCase.VERTEX).paramTable(false));
    String name = List.copyOf(parameters.keySet()).get(random.nextInt(parameters.size()));
    return switch (draw % 5) {
      case 0, 1 -> wrongInput(vertex, graph);
      case 2 -> {
        INDArray wrong = Nd4j.zeros(changed(parameters.get(name).shape()));
        assertThrows(
            InvalidInputException.class,
            () -> graph.setParam(VertexCase.VERTEX + "_" + name, wrong),
            () -> vertex + " " + name + " " + Arrays.toString(wrong.shape()));
        yield 1;
      }
      case 3 -> {
        Layer listed = graph.getLayer(VertexCase.VERTEX);
        long length =
            listed.numParams() + (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(9));
        INDArray wrong = Nd4j.zeros(DataType.FLOAT, 1, Math.max(1, length));
        if (wrong.length() == listed.numParams()) {
          yield 0;
        }
        assertThrows(InvalidInputException.class, () -> listed.setParams(wrong));
        assertThrows(
            InvalidInputException.class,
            () -> graph.getVertex(VertexCase.VERTEX).setBackpropGradientsViewArray(wrong));
        yield 1;
      }
      default -> wrongError(vertex, graph);
    };
  }

  private int wrongInput(VertexCase<?> vertex, ComputationGraph graph) {
    INDArray[] inputs = zeros(vertex.inputs(2, DataType.FLOAT));
    int which = random.nextInt(inputs.length);
    inputs[which] = Nd4j.zeros(changed(inputs[which].shape()));
    GraphVertex run = graph.getVertex(VertexCase.VERTEX);
    run.setInputs(inputs);
    try {
      // Other sizes of a grid or numbers of tokens are right.
      long[] shape = run.doForward(true, NO_WORKSPACES).shape();
      long[][] shapes = Arrays.stream(inputs).map(INDArray::shape).toArray(long[][]::new);
      assertArrayEquals(vertex.vertex().getDefinition().outputShape(shapes), shape);
      return 0;
    } catch (InvalidInputException refusal) {
      return 1;
    }
  }

  private int wrongError(VertexCase<?> vertex, ComputationGraph graph) {
    GraphVertex run = graph.getVertex(VertexCase.VERTEX);
    run.setInputs(zeros(vertex.inputs(2, DataType.FLOAT)));
    long[] shape = run.doForward(true, NO_WORKSPACES).shape();
    run.setEpsilon(Nd4j.zeros(changed(shape)));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> run.doBackward(false, NO_WORKSPACES));
    assertTrue(e.getMessage().startsWith("Vertex \"vertex\" got an error of shape "));
    return 1;
  }

  private static INDArray[] zeros(INDArray[] like) {
    return Arrays.stream(like).map(array -> array.mul(0)).toArray(INDArray[]::new);
  }

  /** Another shape: an extent changed, an axis more or less, or two axes changed over. */
  private long[] changed(long[] shape) {
    List<Long> extents = new ArrayList<>(Arrays.stream(shape).boxed().toList());
    int axis = random.nextInt(extents.size());
    switch (random.nextInt(4)) {
      case 0 -> extents.add(axis, 1L + random.nextInt(3));
      case 1 -> extents.remove(axis);
      case 2 -> {
        int other = random.nextInt(extents.size());
        long kept = extents.get(axis);
        extents.set(axis, extents.get(other));
        extents.set(other, kept);
      }
      default -> extents.set(axis, 1L + random.nextInt(17));
    }
    long[] result = extents.stream().mapToLong(Long::longValue).toArray();
    return result.length == 0 || Arrays.equals(result, shape) ? changed(shape) : result;
  }
}
