package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.embedding.PatchEmbedding;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.layers.vertex.VertexLayer;

/** The layers in a network that is no transition model: the README's example. */
class PlainGraphExampleTest {

  private static ComputationGraph classifier() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(3e-3))
                .graphBuilder()
                .addInputs("picture")
                .setInputTypes(InputType.convolutional(8, 8, 1))
                .addLayer(
                    "patches",
                    new VertexLayer(
                        PatchEmbedding.builder().channels(1).patch(2).hidden(16).build()),
                    "picture")
                .addVertex(
                    "attention", IntervalAttention.builder().hidden(16).heads(2).build(), "patches")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "patches", "attention")
                .addVertex("mlp", SwiGlu.builder().nIn(16).inner(32).nOut(4).build(), "sum")
                .addLayer(
                    "class",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "mlp")
                .setOutputs("class")
                .build());
    graph.init();
    return graph;
  }

  /** Images with two marks, each bright or dark; the class says whether both are alike. */
  private static DataSet pictures(int count, long step) {
    RandomStream random = RandomStream.of(1, step, Purpose.DATA_ORDER);
    INDArray pictures = Nd4j.zeros(DataType.FLOAT, count, 1, 8, 8);
    INDArray classes = Nd4j.zeros(DataType.FLOAT, count, 2);
    for (int i = 0; i < count; i++) {
      int[] places = random.permutation(64);
      int first = random.nextBoolean() ? 1 : -1;
      int second = random.nextBoolean() ? 1 : -1;
      pictures.putScalar(new long[] {i, 0, places[0] / 8, places[0] % 8}, first);
      pictures.putScalar(new long[] {i, 0, places[1] / 8, places[1] % 8}, second);
      classes.putScalar(i, first == second ? 1 : 0, 1);
    }
    return new DataSet(pictures, classes);
  }

  @Test
  void learnsToCompareTwoMarks() {
    ComputationGraph graph = classifier();
    for (int step = 0; step < 400; step++) {
      graph.fit(pictures(64, step));
    }
    DataSet unseen = pictures(500, 1_000);
    INDArray predicted = graph.outputSingle(unseen.getFeatures()).argMax(1);
    double right =
        predicted
            .eq(unseen.getLabels().argMax(1))
            .castTo(DataType.DOUBLE)
            .meanNumber()
            .doubleValue();
    assertTrue(right > 0.95, "accuracy " + right);
  }
}
