package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** What a graph asks its layers it asks a vertex too: penalties, parameters and their number. */
class PenaltyTest {
  private static final double L1 = 1e-3;
  private static final double L2 = 1e-2;
  private static final double L2_BIAS = 3e-2;

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

  private static ComputationGraph graph(boolean layer, double scale) {
    TimVertex<SwiGlu> unit = SwiGlu.builder().nIn(4).inner(6).nOut(5).build();
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .l1(scale * L1)
            .l2(scale * L2)
            .l2Bias(scale * L2_BIAS)
            .graphBuilder()
            .addInputs("x")
            .setInputTypes(InputType.feedForward(4));
    if (layer) {
      graph.addLayer("unit", new VertexLayer(unit), "x");
    } else {
      graph.addVertex("unit", unit, "x");
    }
    graph.addLayer(
        "out",
        new OutputLayer.Builder(LossFunction.MSE)
            .nIn(5)
            .nOut(2)
            .activation(Activation.TANH)
            .build(),
        "unit");
    ComputationGraph result = new ComputationGraph(graph.setOutputs("out").build());
    result.init();
    result.params().assign(random(2, 1, result.params().length()));
    return result;
  }

  private static INDArray random(int step, long... shape) {
    return RandomStream.of(5, step, Purpose.EVALUATION).gaussians(DataType.DOUBLE, shape);
  }

  private static MultiDataSet data() {
    return new MultiDataSet(random(0, 3, 4), random(1, 3, 2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theScoreHoldsEveryPenalty(boolean layer) {
    ComputationGraph penalised = graph(layer, 1);
    double expected = graph(layer, 0).score(data(), true);
    for (String name : List.of("unit_W1", "unit_W2", "out_W")) {
      INDArray weights = penalised.getParam(name);
      expected += L1 * weights.norm1Number().doubleValue() + L2 / 2 * squares(weights);
    }
    for (String name : List.of("unit_b1", "unit_b2", "out_b")) {
      expected += L2_BIAS / 2 * squares(penalised.getParam(name));
    }
    assertEquals(expected, penalised.score(data(), true), 1e-10);
  }

  private static double squares(INDArray values) {
    return Math.pow(values.norm2Number().doubleValue(), 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsWithPenaltiesPassDeeplearning4jsCheck(boolean layer) {
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.GraphConfig()
                .net(graph(layer, 1))
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                .inputs(data().getFeatures())
                .labels(data().getLabels())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void parametersAreCountedReadAndSetByName(boolean layer) {
    ComputationGraph graph = graph(layer, 0);
    assertEquals(graph.params().length(), graph.numParams());
    INDArray weights = random(7, 6, 5);
    graph.setParam("unit_W2", weights);
    assertEquals(weights, graph.getParam("unit_W2"));
    assertEquals(weights, graph.paramTable().get("unit_W2"));
    for (INDArray wrong : new INDArray[] {random(7, 5, 6), random(7, 30), Nd4j.scalar(1.0)}) {
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> graph.setParam("unit_W2", wrong));
      assertTrue(
          e.getMessage().startsWith("Vertex \"unit\" has no parameter \"W2\" of shape "),
          e.getMessage());
    }
    assertThrows(InvalidInputException.class, () -> graph.setParam("unit_W3", weights));
    assertEquals(weights, graph.getParam("unit_W2"));
  }

  @Test
  void aFrozenVertexHasNoPenalty() {
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(graph(false, 1)).setFeatureExtractor("unit").build();
    INDArray weights = frozen.getParam("out_W");
    double expected =
        L1 * weights.norm1Number().doubleValue()
            + L2 / 2 * squares(weights)
            + L2_BIAS / 2 * squares(frozen.getParam("out_b"));
    assertEquals(expected, frozen.calcRegularizationScore(true), 1e-10);
  }
}
