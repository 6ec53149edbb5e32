package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** What flows back through vertices some of whose inputs are padding. */
class MaskedGradientTest {
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private static INDArray output(ComputationGraph graph, INDArray[] inputs, INDArray[] masks) {
    return graph.output(false, inputs.clone(), masks)[0];
  }

  /** Nothing to attend to gives 0 before the projection, and errors that are finite. */
  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#honoured")
  void anExampleOfPaddingAloneStaysFinite(MaskedCase masked) {
    staysFiniteWithoutKeys(masked, DataType.FLOAT);
    if (masked.vertex().getRuntime() == TimRuntime.SAMEDIFF) {
      staysFiniteWithoutKeys(masked, DataType.DOUBLE);
    }
  }

  private static void staysFiniteWithoutKeys(MaskedCase masked, DataType type) {
    ComputationGraph graph = masked.graph(type);
    INDArray[] masks = new INDArray[masked.masks().length];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = masked.masks()[i] == null ? null : masked.masks()[i].castTo(DataType.FLOAT).dup();
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
      INDArray mask = MaskedCase.TOKENS.castTo(output.dataType()).reshape(10, 1);
      return error.reshape(10, MaskedCase.HIDDEN).muliColumnVector(mask).reshape(output.shape());
    }
  }

  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#inDouble")
  void gradientsAgreeWithFiniteDifferences(MaskedCase masked) {
    ComputationGraph graph = masked.graph(DataType.DOUBLE);
    INDArray[] inputs = masked.values(DataType.DOUBLE);
    Pass pass = new Pass(graph, inputs, masked.masks());
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
      ComputationGraph graph, MaskedCase masked, INDArray[] inputs, INDArray values) {
    double step = 1e-6;
    INDArray kept = values.dup();
    values.addi(direction(values).mul(step));
    double above = loss(graph, masked, inputs);
    values.assign(kept).subi(direction(values).mul(step));
    double below = loss(graph, masked, inputs);
    values.assign(kept);
    return (above - below) / (2 * step);
  }

  private static double loss(ComputationGraph graph, MaskedCase masked, INDArray[] inputs) {
    INDArray output = output(graph, inputs, masked.masks());
    return output.mul(Pass.error(output)).sumNumber().doubleValue();
  }

  /** No error flows to keys and values that nobody looks at. */
  @ParameterizedTest
  @MethodSource("org.tim4j.layers.vertex.MaskedCase#inDouble")
  void paddingGetsNoError(MaskedCase masked) {
    INDArray[] inputs = masked.values(DataType.DOUBLE);
    Pass pass = new Pass(masked.graph(DataType.DOUBLE), inputs, masked.masks());
    INDArray padding = pass.inputErrors[0].reshape(2, 5, MaskedCase.HIDDEN);
    assertEquals(0.0, largest(padding.get(point(0), interval(3, 5), all())));
    if (inputs.length > 1 && inputs[inputs.length - 1].rank() == 3) {
      INDArray caption = pass.inputErrors[inputs.length - 1];
      assertEquals(0.0, largest(caption.get(point(1), interval(1, 4), all())));
    }
  }

  private static double largest(INDArray values) {
    return Arrays.stream(values.dup('c').data().asDouble()).map(Math::abs).max().orElseThrow();
  }
}
