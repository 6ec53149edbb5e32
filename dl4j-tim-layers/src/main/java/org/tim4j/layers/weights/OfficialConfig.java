package org.tim4j.layers.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.tim4j.layers.Condition;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.RopeOrder;

/**
 * The settings of the authors' networks (github.com/WZDTHU/TiM, commit b431859), under the names of
 * their modules' arguments, as a configuration of ours: what to load their weights into.
 */
public final class OfficialConfig {
  private static final double CLASS_DROPOUT = 0.1;
  private static final double MLP_RATIO = 4;
  private static final Map<String, IntervalCondition> INTERVAL_CONDITIONS =
      Map.of(
          "t-r", IntervalCondition.T_MINUS_R,
          "r", IntervalCondition.R,
          "t,r", IntervalCondition.T_AND_R,
          "t,t-r", IntervalCondition.T_AND_T_MINUS_R,
          "r,t-r", IntervalCondition.R_AND_T_MINUS_R,
          "t,r,t-r", IntervalCondition.T_AND_R_AND_T_MINUS_R);

  private OfficialConfig() {}

  /**
   * Returns the configuration of a network; data type and runtime are still to be chosen.
   *
   * @param json {@code in_channels}, {@code patch_size}, {@code hidden_size}, {@code depth}, {@code
   *     num_heads}, {@code qk_norm}, {@code distance_aware}, {@code use_new_embed}, {@code
   *     new_condition}, {@code encoder_depth}, {@code projector_dim}, {@code z_dim}, either {@code
   *     num_classes} or {@code cap_feat_dim}; perhaps {@code mlp_ratio}, {@code lora_hidden_size},
   *     {@code class_dropout_prob}
   * @throws InvalidInputException if a setting is missing or unknown
   */
  public static TimNetworkConfig.Builder read(JsonNode json) {
    String interval = get(json, "new_condition").asText();
    if (!INTERVAL_CONDITIONS.containsKey(interval)) {
      throw new InvalidInputException(
          "new_condition is \"%s\"; it must be one of %s."
              .formatted(interval, INTERVAL_CONDITIONS.keySet()));
    }
    TimNetworkConfig.Builder builder =
        TimNetworkConfig.builder()
            .channels(get(json, "in_channels").asInt())
            .patch(get(json, "patch_size").asInt())
            .hidden(get(json, "hidden_size").asInt())
            .depth(get(json, "depth").asInt())
            .heads(get(json, "num_heads").asInt())
            .mlpRatio(json.path("mlp_ratio").asDouble(MLP_RATIO))
            .condition(condition(json))
            .qkNorm(get(json, "qk_norm").asBoolean())
            .distanceAware(get(json, "distance_aware").asBoolean())
            .separateIntervalEmbedding(get(json, "use_new_embed").asBoolean())
            .intervalCondition(INTERVAL_CONDITIONS.get(interval))
            .ropeOrder(RopeOrder.OFFICIAL)
            .representation(
                new RepresentationAlignment(
                    get(json, "encoder_depth").asInt(),
                    get(json, "projector_dim").asInt(),
                    get(json, "z_dim").asInt()));
    if (json.has("lora_hidden_size")) {
      builder.modulationRank(json.get("lora_hidden_size").asInt());
    }
    return builder;
  }

  private static Condition condition(JsonNode json) {
    if (json.has("cap_feat_dim")) {
      return new Condition.Caption(json.get("cap_feat_dim").asInt());
    }
    double dropout = json.path("class_dropout_prob").asDouble(CLASS_DROPOUT);
    return new Condition.Classes(get(json, "num_classes").asInt(), dropout > 0);
  }

  private static JsonNode get(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new InvalidInputException(
          "the settings of the authors' network do not say %s; give it.".formatted(name));
    }
    return value;
  }
}
