package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * Defects of Deeplearning4j 1.0.0-M2.1 itself that this project works around. A test that fails
 * after an update of the platform says that the workaround named there can go.
 */
class PlatformDefectsTest {
  private final RandomStream random = RandomStream.of(2, 0, Purpose.EVALUATION);

  /** A linear map as Deeplearning4j's manual says to write one. */
  private static final class StockLinear extends SameDiffVertex {
    private static final long serialVersionUID = 1L;

    @Override
    public SDVariable defineVertex(
        SameDiff graph,
        Map<String, SDVariable> inputs,
        Map<String, SDVariable> parameters,
        Map<String, SDVariable> masks) {
      return graph.mmul(inputs.get("x"), parameters.get("W"));
    }

    @Override
    public void defineParametersAndInputs(SDVertexParams target) {
      target.defineInputs("x");
      target.addWeightParam("W", 3, 2);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
      parameters.get("W").assign(0.5);
    }

    @Override
    public org.deeplearning4j.nn.conf.graph.GraphVertex clone() {
      return new StockLinear();
    }
  }

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(0.1));
  }

  /** Avoided by SameDiffProgram, which takes the gradient of a plain sum. */
  @Test
  void gradientsOfASameDiffVertexAreDoubled() {
    ComputationGraph graph =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("x")
                .addVertex("linear", new StockLinear(), "x")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(2)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "linear")
                .setOutputs("out")
                .build());
    graph.init();
    MultiDataSet data =
        new MultiDataSet(
            random.gaussians(DataType.DOUBLE, 4, 3), random.gaussians(DataType.DOUBLE, 4, 2));
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    double claimed = graph.gradient().gradientForVariable().get("linear_W").getDouble(1, 0) / 4;
    INDArray weights = graph.paramTable().get("linear_W");
    double value = weights.getDouble(1, 0);
    weights.putScalar(1, 0, value + 1e-6);
    double above = graph.score(data);
    weights.putScalar(1, 0, value - 1e-6);
    double below = graph.score(data);
    assertEquals(2, claimed / ((above - below) / 2e-6), 1e-4);
  }

  /**
   * Of stock vertices fit trains none, without a word; RunningVertex is counted with the layers.
   */
  @Test
  void fitTrainsWhereOnlyVerticesHaveParameters() {
    ComputationGraph graph =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("x")
                .addVertex("mlp", SwiGlu.builder().nIn(3).inner(4).nOut(2).build(), "x")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "mlp", "mlp")
                .addLayer(
                    "loss",
                    new LossLayer.Builder()
                        .lossFunction(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "sum")
                .setOutputs("loss")
                .build());
    graph.init();
    double[] before = graph.params().toDoubleVector();
    graph.fit(
        new MultiDataSet(
            random.gaussians(DataType.DOUBLE, 4, 3), random.gaussians(DataType.DOUBLE, 4, 2)));
    assertEquals(graph.params().length(), graph.numParams());
    assertFalse(Arrays.equals(before, graph.params().toDoubleVector()));
  }

  /**
   * Upstream issue 9756; avoided by ClassEmbedding and TextEmbedding, which multiply one-hot rows.
   */
  @Test
  void issue9756TheGradientOfAGatherForgetsRowsGivenTwice() {
    SameDiff graph = SameDiff.create();
    SDVariable table = graph.var("table", random.gaussians(DataType.DOUBLE, 4, 3));
    SDVariable index = graph.placeHolder("index", DataType.DOUBLE, -1, 1);
    SDVariable flat = graph.reshape(index.castTo(DataType.INT32), -1);
    graph.gather(table, flat, 0).sum("loss");
    graph.setLossVariables("loss");
    INDArray classes = Nd4j.createFromArray(2.0, 0.0, 2.0).reshape(3, 1);
    INDArray gradient = graph.calculateGradients(Map.of("index", classes), "table").get("table");
    assertEquals(1, gradient.getDouble(0, 0));
    assertNotEquals(2, gradient.getDouble(2, 0));
  }

  /** Avoided by the LayerNorm of the definitions, which takes the mean of squares. */
  @Test
  void theGradientOfAVarianceIsWrong() {
    SameDiff graph = SameDiff.create();
    INDArray at = random.gaussians(DataType.DOUBLE, 2, 3);
    SDVariable x = graph.var("x", at);
    graph.variance("variance", x, false, 1).sum("total");
    graph.setLossVariables("total");
    double claimed = graph.calculateGradients(Map.of(), "x").get("x").getDouble(0, 0);
    double exact = 2 * (at.getDouble(0, 0) - at.getRow(0).meanNumber().doubleValue()) / 3;
    assertTrue(Math.abs(claimed / exact - 1) > 0.05, claimed + " and exactly " + exact);
  }

  /** So attention gives the keys of an example without any logits of 0 rather than huge ones. */
  @Test
  void softmaxInDoublePrecisionIsNotANumberWhereAllIsFarBelowZero() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.placeHolder("logits", DataType.DOUBLE, 1, 1, 2, 2);
    String softmax = graph.nn().softmax(logits, -1).name();
    INDArray low = Nd4j.valueArrayOf(new long[] {1, 1, 2, 2}, -800.0, DataType.DOUBLE);
    assertTrue(
        Double.isNaN(graph.output(Map.of("logits", low), softmax).get(softmax).getDouble(0)));
  }
}
