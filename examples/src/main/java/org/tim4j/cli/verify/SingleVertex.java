package org.tim4j.cli.verify;

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
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** One layer alone in a graph, with given parameters: each as the reference files store it. */
final class SingleVertex {
  private static final String NAME = "vertex";

  private final GraphVertex vertex;
  private final GoldenFile file;
  private final String prefix;
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();

  /**
   * @param vertex the layer
   * @param file holds its weights
   * @param prefix of the weights' names in the file
   */
  SingleVertex(GraphVertex vertex, GoldenFile file, String prefix) {
    this.vertex = vertex;
    this.file = file;
    this.prefix = prefix;
  }

  /** A matrix, stored {@code [out, in]}. */
  SingleVertex matrix(String parameter, String stored) {
    parameters.put(parameter, file.array(prefix + stored, DataType.FLOAT).transpose());
    return this;
  }

  /** A vector, stored as it is. */
  SingleVertex vector(String parameter, String stored) {
    parameters.put(parameter, file.array(prefix + stored, DataType.FLOAT));
    return this;
  }

  /** A linear map with bias. */
  SingleVertex linear(String weight, String bias, String stored) {
    return matrix(weight, stored + ".weight").vector(bias, stored + ".bias");
  }

  /** A gated unit: gate and value share a matrix here and are stored apart. */
  SingleVertex gated(String ours, String stored) {
    parameters.put(
        ours + "W1",
        Nd4j.concat(
            1,
            file.array(prefix + stored + "fc1_g.weight", DataType.FLOAT).transpose(),
            file.array(prefix + stored + "fc1_x.weight", DataType.FLOAT).transpose()));
    parameters.put(
        ours + "b1",
        Nd4j.concat(
            0,
            file.array(prefix + stored + "fc1_g.bias", DataType.FLOAT),
            file.array(prefix + stored + "fc1_x.bias", DataType.FLOAT)));
    return linear(ours + "W2", ours + "b2", stored + "fc2");
  }

  /** Runs the layer. */
  INDArray output(INDArray... inputs) {
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
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    Map<String, INDArray> table = graph.getVertex(NAME).paramTable(false);
    parameters.forEach((name, value) -> table.get(name).assign(value));
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
