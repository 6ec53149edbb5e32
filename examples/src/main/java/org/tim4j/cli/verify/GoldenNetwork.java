package org.tim4j.cli.verify;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.weights.OfficialConfig;
import org.tim4j.layers.weights.TimWeights;

/** Makes the networks that reference files describe and hold the weights of. */
final class GoldenNetwork {
  private GoldenNetwork() {}

  /** The network of a file of weights under the authors' names. */
  static TimNetwork load(GoldenFile weights, DataType type, TimRuntime runtime) {
    TimNetworkConfig config =
        OfficialConfig.read(weights.json().get("config")).dataType(type).runtime(runtime).build();
    TimNetwork network = TimNetwork.create(config, 0);
    TimWeights.of(config).load(weights.tensors(), network.parameterTable());
    return network;
  }

  /** The inputs of a case: {@code x}, {@code t}, {@code r} and {@code y} under a prefix. */
  static TimInput input(GoldenFile file, String prefix, DataType type) {
    return new TimInput(
        file.array(prefix + "x", type),
        file.column(prefix + "t", type),
        file.column(prefix + "r", type),
        condition(file, prefix + "y", type));
  }

  /** Classes as {@code [batch, 1]}, captions as they are. */
  static INDArray condition(GoldenFile file, String key, DataType type) {
    INDArray condition = file.array(key, type);
    return condition.rank() == 1 ? condition.reshape(condition.length(), 1) : condition;
  }

  /**
   * One number for each parameter, such as a gradient, under the authors' names.
   *
   * @param network the network whose parameters they belong to
   * @param flat the numbers, laid out as the network's parameters
   */
  static Map<String, INDArray> official(TimNetwork network, INDArray flat) {
    TimNetwork carrier = network.copy();
    carrier.parameters().assign(flat);
    return TimWeights.of(network.config()).toOfficial(carrier.parameterTable());
  }
}
