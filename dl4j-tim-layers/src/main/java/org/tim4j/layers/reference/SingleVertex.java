package org.tim4j.layers.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.tim4j.layers.weights.ModuleWeights;

/** One layer alone in a graph, in single precision. */
final class SingleVertex {
  private static final String NAME = "vertex";

  private final ComputationGraph graph;
  private final INDArray[] inputs;

  /**
   * @param vertex the layer
   * @param inputs what it is run on
   */
  SingleVertex(GraphVertex vertex, INDArray... inputs) {
    this.inputs = inputs.clone();
    String[] names =
        IntStream.range(0, inputs.length).mapToObj(i -> "input" + i).toArray(String[]::new);
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs(names)
            .setInputTypes(
                IntStream.range(0, inputs.length)
                    .mapToObj(i -> type(inputs[i].shape()))
                    .toArray(InputType[]::new))
            .addVertex(NAME, vertex, names)
            .setOutputs(NAME);
    graph = new ComputationGraph(builder.build());
    graph.init();
  }

  /** The layer's parameters; views, so that changes to them change the layer. */
  Map<String, INDArray> parameters() {
    return graph.getVertex(NAME).paramTable(false);
  }

  /**
   * Takes the parameters from a file.
   *
   * @param module where the authors have such a layer
   * @param prefix of the weights' names in the file
   */
  SingleVertex load(ReferenceFile file, OfficialModule module, String prefix) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    parameters().forEach((name, values) -> shapes.put(name, values.shape()));
    ModuleWeights weights = module.weights(shapes);
    for (String name : weights.names()) {
      INDArray values = file.array(prefix + name, DataType.FLOAT, weights.shape(name));
      weights.load(name, values, parameters());
    }
    return this;
  }

  /** Runs the layer. */
  INDArray output() {
    return graph.output(false, inputs)[0];
  }

  private static InputType type(long[] shape) {
    return switch (shape.length) {
      case 2 -> InputType.feedForward(shape[1]);
      case 3 -> InputType.recurrent(shape[2], shape[1], RNNFormat.NWC);
      default -> InputType.convolutional(shape[1], shape[2], shape[3], CNN2DFormat.NHWC);
    };
  }
}
