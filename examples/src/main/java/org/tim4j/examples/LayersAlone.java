package org.tim4j.examples;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.tim4j.layers.attention.IntervalAttention;
import org.tim4j.layers.block.SwiGlu;
import org.tim4j.layers.embedding.PatchEmbedding;
import org.tim4j.layers.vertex.VertexLayer;

/** The layers in a classifier of images, among Deeplearning4j's own. */
public final class LayersAlone {
  /** Prints the layers and their parameters. */
  public static void main(String[] args) {
    System.out.println(classifier().summary());
  }

  static ComputationGraph classifier() {
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
}
