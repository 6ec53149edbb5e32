package org.tim4j.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.weights.OfficialConfig;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.TimWeights;

/** The networks of the golden files: configuration and weights of the authors' code. */
public final class GoldenNetwork {
  private GoldenNetwork() {}

  /** Opens a golden file, such as {@code net_A.io}. */
  public static SafetensorsFile open(String name) {
    return SafetensorsFile.open(folder().resolve(name + ".safetensors"));
  }

  private static Path folder() {
    return Path.of(System.getProperty("tim.golden"));
  }

  /** Returns the configuration that the JSON of a golden file describes. */
  public static TimNetworkConfig config(String name, DataType type) throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(Files.readString(folder().resolve(name + ".json")))
            .get("config");
    return OfficialConfig.read(json).dataType(type).build();
  }

  /** Returns the network with the authors' weights. */
  public static TimNetwork load(String name, DataType type) throws IOException {
    return load(name, type, TimRuntime.SAMEDIFF);
  }

  /** Returns the network with the authors' weights on one of the runtimes. */
  public static TimNetwork load(String name, DataType type, TimRuntime runtime) throws IOException {
    TimNetworkConfig config = config(name + ".weights", type).toBuilder().runtime(runtime).build();
    TimNetwork network = TimNetwork.create(config, 0);
    try (SafetensorsFile weights = open(name + ".weights")) {
      TimWeights.of(network.config()).load(weights, network.parameterTable());
    }
    return network;
  }

  /** Returns the inputs of one case of a golden file. */
  public static TimInput input(SafetensorsFile file, String size, DataType type) {
    INDArray condition = file.read(size + "/y", type);
    return new TimInput(
        file.read(size + "/x", type),
        column(file, size + "/t", type),
        column(file, size + "/r", type),
        condition.rank() == 1 ? condition.reshape(condition.length(), 1) : condition);
  }

  private static INDArray column(SafetensorsFile file, String name, DataType type) {
    INDArray values = file.read(name, type);
    return values.reshape(values.length(), 1);
  }
}
