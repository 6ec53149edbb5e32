package org.tim4j.examples.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.Condition;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimRuntime;
import org.tim4j.layers.attention.RopeOrder;
import org.tim4j.layers.embedding.IntervalCondition;
import org.tim4j.layers.weights.TimWeights;

/** Makes the networks that reference files describe and hold the weights of. */
final class GoldenNetwork {
  private static final double DEFAULT_CLASS_DROPOUT = 0.1;
  private static final Map<String, IntervalCondition> INTERVAL_CONDITIONS =
      Map.of(
          "t-r", IntervalCondition.T_MINUS_R,
          "r", IntervalCondition.R,
          "t,r", IntervalCondition.T_AND_R,
          "t,t-r", IntervalCondition.T_AND_T_MINUS_R,
          "r,t-r", IntervalCondition.R_AND_T_MINUS_R,
          "t,r,t-r", IntervalCondition.T_AND_R_AND_T_MINUS_R);

  private GoldenNetwork() {}

  /** The network of a file of weights under the authors' names. */
  static TimNetwork load(GoldenFile weights, DataType type, TimRuntime runtime) {
    TimNetworkConfig config =
        config(weights.json().get("config")).dataType(type).runtime(runtime).build();
    TimNetwork network = TimNetwork.create(config, 0);
    TimWeights.of(config).load(weights.tensors(), network.parameterTable());
    return network;
  }

  private static TimNetworkConfig.Builder config(JsonNode json) {
    TimNetworkConfig.Builder builder =
        TimNetworkConfig.builder()
            .channels(json.get("in_channels").asInt())
            .patch(json.get("patch_size").asInt())
            .hidden(json.get("hidden_size").asInt())
            .depth(json.get("depth").asInt())
            .heads(json.get("num_heads").asInt())
            .mlpRatio(json.path("mlp_ratio").asDouble(4))
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
                    json.get("z_dim").asInt()));
    if (json.has("lora_hidden_size")) {
      builder.modulationRank(json.get("lora_hidden_size").asInt());
    }
    return builder;
  }

  private static Condition condition(JsonNode json) {
    if (json.has("cap_feat_dim")) {
      return new Condition.Caption(json.get("cap_feat_dim").asInt());
    }
    double dropout = json.path("class_dropout_prob").asDouble(DEFAULT_CLASS_DROPOUT);
    return new Condition.Classes(json.get("num_classes").asInt(), dropout > 0);
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
