package org.tim4j.layers.reference;

import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.weights.OfficialConfig;
import org.tim4j.layers.weights.TimWeights;

/** Makes the networks that reference files describe and hold the weights of. */
public final class ReferenceNetwork {
  private static final String CONFIG = "config";

  private ReferenceNetwork() {}

  /**
   * Returns the network of a file of weights under the authors' names.
   *
   * @throws org.tim4j.layers.base.TimException if the weights are not those of the network that the
   *     description tells of
   */
  public static TimNetwork load(ReferenceFile weights, DataType type, TimRuntime runtime) {
    TimNetworkConfig config = config(weights).dataType(type).runtime(runtime).build();
    TimWeights names = TimWeights.of(config);
    names.checkFits(weights.tensors());
    weights.keys().forEach(key -> weights.shape(key, weights.tensors().info(key).shape().length));
    TimNetwork network = TimNetwork.create(config, 0);
    names.load(weights.tensors(), network.parameterTable());
    return network;
  }

  /**
   * Every block has tensors, so that a depth beyond their number is wrong: nothing is made of it.
   */
  private static TimNetworkConfig.Builder config(ReferenceFile weights) {
    JsonFields config = weights.description().object(CONFIG);
    int depth = config.count("depth");
    if (depth > weights.keys().size()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: depth is %d, but %s has only %d arrays",
              config.where(),
              depth,
              weights.name(),
              weights.keys().size()));
    }
    return OfficialConfig.read(config);
  }

  /**
   * Requires that a file of expected values is of the network of a file of weights.
   *
   * @throws InvalidInputException if both have a configuration and these differ
   */
  public static void requireSame(ReferenceFile values, ReferenceFile weights) {
    if (values.description().has(CONFIG)
        && !values
            .description()
            .object(CONFIG)
            .json()
            .equals(weights.description().object(CONFIG).json())) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s describes another network than %s; one of both descriptions is wrong",
              values.name(),
              weights.name()));
    }
  }

  /** Returns the inputs of a case: {@code x}, {@code t}, {@code r} and {@code y} under a prefix. */
  static TimInput input(ReferenceFile file, String prefix, TimNetworkConfig config, DataType type) {
    INDArray x =
        file.array(
            prefix + "x",
            type,
            ReferenceFile.ANY,
            config.channels(),
            ReferenceFile.ANY,
            ReferenceFile.ANY);
    long batch = x.size(0);
    return new TimInput(
        x,
        file.column(prefix + "t", type, batch),
        file.column(prefix + "r", type, batch),
        condition(file, prefix + "y", config.condition(), type, batch));
  }

  /**
   * Returns the condition of a batch.
   *
   * @param key classes {@code [batch]} or captions {@code [batch, length, features]} in the file
   * @param kind what the network is told
   * @return classes as {@code [batch, 1]}, captions as they are
   */
  public static INDArray condition(
      ReferenceFile file, String key, Condition kind, DataType type, long batch) {
    if (kind instanceof Condition.Caption caption) {
      return file.array(key, type, batch, ReferenceFile.ANY, caption.features());
    }
    return file.wholeColumn(key, type, batch);
  }

  /**
   * Returns one number for each parameter, such as a gradient, under the authors' names.
   *
   * @param network the network whose parameters they belong to
   * @param flat the numbers, laid out as the network's parameters
   */
  public static Map<String, INDArray> official(TimNetwork network, INDArray flat) {
    TimNetwork carrier = network.copy();
    carrier.parameters().assign(flat);
    return TimWeights.of(network.config()).toOfficial(carrier.parameterTable());
  }
}
