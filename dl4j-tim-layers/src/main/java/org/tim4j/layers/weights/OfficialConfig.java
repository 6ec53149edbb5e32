package org.tim4j.layers.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.tim4j.layers.Condition;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.json.JsonFields;

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
   * @throws InvalidInputException if a setting is missing, unknown or of another type
   */
  public static TimNetworkConfig.Builder read(JsonNode json) {
    return read(new JsonFields("the settings of the authors' network", json));
  }

  /** As {@link #read(JsonNode)}, with a place for messages to name. */
  public static TimNetworkConfig.Builder read(JsonFields settings) {
    String interval = settings.text("new_condition");
    if (!INTERVAL_CONDITIONS.containsKey(interval)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "new_condition is \"%s\"; it must be one of %s.",
              interval,
              INTERVAL_CONDITIONS.keySet()));
    }
    TimNetworkConfig.Builder builder =
        TimNetworkConfig.builder()
            .channels(settings.count("in_channels"))
            .patch(settings.count("patch_size"))
            .hidden(settings.count("hidden_size"))
            .depth(settings.count("depth"))
            .heads(settings.count("num_heads"))
            .mlpRatio(settings.optionalNumber("mlp_ratio").orElse(MLP_RATIO))
            .condition(condition(settings))
            .qkNorm(settings.flag("qk_norm"))
            .distanceAware(settings.flag("distance_aware"))
            .separateIntervalEmbedding(settings.flag("use_new_embed"))
            .intervalCondition(INTERVAL_CONDITIONS.get(interval))
            .ropeOrder(RopeOrder.OFFICIAL)
            .representation(
                new RepresentationAlignment(
                    settings.count("encoder_depth"),
                    settings.count("projector_dim"),
                    settings.count("z_dim")));
    if (settings.has("lora_hidden_size")) {
      builder.modulationRank(settings.count("lora_hidden_size"));
    }
    return builder;
  }

  private static Condition condition(JsonFields settings) {
    if (settings.has("cap_feat_dim")) {
      return new Condition.Caption(settings.count("cap_feat_dim"));
    }
    double dropout = settings.optionalNumber("class_dropout_prob").orElse(CLASS_DROPOUT);
    return new Condition.Classes(settings.count("num_classes"), dropout > 0);
  }
}
