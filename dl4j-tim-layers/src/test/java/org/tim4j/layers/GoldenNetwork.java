package org.tim4j.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.RopeOrder;
import org.tim4j.layers.embedding.IntervalCondition;
import org.tim4j.layers.weights.SafetensorsFile;
import org.tim4j.layers.weights.TimWeights;

/** The networks of the golden files: configuration and weights of the authors' code. */
public final class GoldenNetwork {
  private static final Map<String, IntervalCondition> INTERVAL_CONDITIONS =
      Map.of(
          "t-r", IntervalCondition.T_MINUS_R,
          "r", IntervalCondition.R,
          "t,r", IntervalCondition.T_AND_R,
          "t,t-r", IntervalCondition.T_AND_T_MINUS_R,
          "r,t-r", IntervalCondition.R_AND_T_MINUS_R,
          "t,r,t-r", IntervalCondition.T_AND_R_AND_T_MINUS_R);

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
    TimNetworkConfig.Builder builder =
        TimNetworkConfig.builder()
            .channels(json.get("in_channels").asInt())
            .patch(json.get("patch_size").asInt())
            .hidden(json.get("hidden_size").asInt())
            .depth(json.get("depth").asInt())
            .heads(json.get("num_heads").asInt())
            .mlpRatio(json.path("mlp_ratio").asDouble(4.0))
            .condition(condition(json))
            .qkNorm(json.get("qk_norm").asBoolean())
            .distanceAware(json.get("distance_aware").asBoolean())
            .separateIntervalEmbedding(json.get("use_new_embed").asBoolean())
            .intervalCondition(INTERVAL_CONDITIONS.get(json.get("new_condition").asText()))
            .ropeOrder(RopeOrder.OFFICIAL)
            .representation(
                new RepresentationAlignment(
                    json.get("encoder_depth").asInt(),
                    json.get("projector_dim").asInt(),
                    json.get("z_dim").asInt()))
            .dataType(type);
    if (json.has("lora_hidden_size")) {
      builder.modulationRank(json.get("lora_hidden_size").asInt());
    }
    return builder.build();
  }

  private static Condition condition(JsonNode json) {
    return json.has("cap_feat_dim")
        ? new Condition.Caption(json.get("cap_feat_dim").asInt())
        : new Condition.Classes(
            json.get("num_classes").asInt(), json.path("class_dropout_prob").asDouble(0.1) > 0);
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
