package org.tim4j.layers.vertex;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Pooling of the tokens that a vertex gives. */
class MaskedPoolingTest {
  private static final int HIDDEN = 8;
  private static final INDArray MASK =
      Nd4j.createFromArray(new double[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}, {0, 1, 1, 1, 0}});

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(DataType.DOUBLE)
        .updater(new NoOp());
  }

  private static INDArray random(int step, long... shape) {
    return RandomStream.of(5, step, Purpose.EVALUATION).gaussians(DataType.DOUBLE, shape);
  }

  private static TimVertex<IntervalAttention> attention() {
    return IntervalAttention.builder().hidden(HIDDEN).heads(2).build();
  }

  private static INDArray padded(INDArray x, double value) {
    INDArray changed = x.dup();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        if (MASK.getDouble(i, j) == 0) {
          changed.get(interval(i, i + 1), interval(j, j + 1), all()).assign(value);
        }
      }
    }
    return changed;
  }

  /**
   * The pooling of 1.0.0-M2.1 takes the last axis of a sequence for time whatever its format says,
   * so the features go first before it.
   */
  @Test
  void poolingSeesTheMask() {
    ComputationGraph graph =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.recurrent(HIDDEN, 5, RNNFormat.NWC))
                .addVertex("attention", attention(), "x")
                .addVertex(
                    "first",
                    new PreprocessorVertex(
                        new ComposableInputPreProcessor(
                            new RnnToFeedForwardPreProcessor(RNNFormat.NWC),
                            new FeedForwardToRnnPreProcessor(RNNFormat.NCW))),
                    "attention")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "first")
                .setOutputs("pool")
                .build());
    graph.init();
    INDArray x = padded(random(0, 3, 5, HIDDEN), 50);
    INDArray pooled = graph.output(false, new INDArray[] {x}, new INDArray[] {MASK})[0];
    graph.setLayerMaskArrays(new INDArray[] {MASK}, null);
    INDArray tokens = graph.feedForward(x, false).get("attention").dup();
    INDArray weights = MASK.divColumnVector(MASK.sum(1)).reshape(3, 5, 1);
    INDArray expected = tokens.mul(weights.broadcast(3, 5, HIDDEN)).sum(1);
    assertTrue(expected.equalsWithEps(pooled, 1e-9), expected + " and " + pooled);
  }

  @Test
  void poolingOfFeaturesIsRefused() {
    ComputationGraph graph =
        new ComputationGraph(
            base()
                .graphBuilder()
                .addInputs("x")
                .addVertex("attention", attention(), "x")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "attention")
                .setOutputs("pool")
                .build());
    graph.init();
    String message =
        assertThrows(InvalidInputException.class, () -> graph.outputSingle(random(0, 3, 5, HIDDEN)))
            .getMessage();
    assertTrue(message.startsWith("Vertex \"attention\" gives "), message);
  }
}
