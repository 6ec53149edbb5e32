package org.tim4j.layers.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.weights.OfficialTensor.Arrangement;

/**
 * The names that the authors' PyTorch modules give to their parameters (github.com/WZDTHU/TiM,
 * commit b431859), by our names.
 *
 * <p>Our parameters are named {@code <vertex>.<parameter>}. Where we keep the gate and the value of
 * a gated unit in one matrix, the authors have two, {@code fc1_g} and {@code fc1_x}. A parameter
 * that the authors' networks do not have keeps our name and shape.
 */
final class OfficialNames {
  /** The authors' tensors that make up one of our parameters, side by side on its last axis. */
  private record Rule(Arrangement arrangement, List<String> names) {}

  private static final Map<String, Rule> PATCH =
      new Rules().linear(ParameterNames.SOLE, "proj").map();
  private static final Map<String, Rule> TIME =
      new Rules()
          .linear(ParameterNames.TIME, 1, "t_embedder.mlp.0")
          .linear(ParameterNames.TIME, 2, "t_embedder.mlp.2")
          .linear(ParameterNames.OWN_TIME, 1, "delta_embedder.mlp.0")
          .linear(ParameterNames.OWN_TIME, 2, "delta_embedder.mlp.2")
          .map();
  private static final Map<String, Rule> CLASSES =
      new Rules().same(ParameterNames.TABLE, "embedding_table.weight").map();
  private static final Map<String, Rule> CAPTION =
      new Rules()
          .same(ParameterNames.CAPTION_GAIN, "norm.weight")
          .same(ParameterNames.CAPTION_BIAS, "norm.bias")
          .gated(ParameterNames.SOLE, "mlp")
          .map();
  private static final Map<String, Rule> BLOCK =
      new Rules()
          .gated(ParameterNames.MODULATION, "adaLN_modulation")
          .linear(ParameterNames.QUERY_KEY_VALUE, "attn.qkv")
          .linear(ParameterNames.INTERVAL, "attn.qkv_d")
          .norm(ParameterNames.QUERY, "attn.q_norm")
          .norm(ParameterNames.KEY, "attn.k_norm")
          .linear(ParameterNames.PROJECTION, "attn.proj")
          .linear(ParameterNames.CROSS + ParameterNames.QUERY, "cross_attn.q")
          .linear(ParameterNames.CROSS + ParameterNames.KEY_VALUE, "cross_attn.kv")
          .norm(ParameterNames.CROSS + ParameterNames.QUERY, "cross_attn.q_norm")
          .norm(ParameterNames.CROSS + ParameterNames.KEY, "cross_attn.k_norm")
          .linear(ParameterNames.CROSS + ParameterNames.PROJECTION, "cross_attn.proj")
          .gated(ParameterNames.MLP, "mlp")
          .map();
  private static final Map<String, Rule> FINAL =
      new Rules()
          .gated(ParameterNames.MODULATION, "adaLN_modulation")
          .linear(ParameterNames.SOLE, "linear")
          .map();
  private static final Map<String, Rule> PROJECTOR =
      new Rules()
          .linear(ParameterNames.SOLE, 1, "0")
          .linear(ParameterNames.SOLE, 2, "2")
          .linear(ParameterNames.SOLE, 3, "4")
          .map();

  private OfficialNames() {}

  /**
   * Returns the authors' tensors of one of our parameters.
   *
   * @param parameter {@code <vertex>.<parameter>}
   * @param shape our shape
   * @param channels channels of the image, which the authors keep as an axis of the patch weights
   * @param patch width and height of a patch
   */
  static List<OfficialTensor> of(String parameter, long[] shape, int channels, int patch) {
    int dot = parameter.indexOf('.');
    String vertex = parameter.substring(0, Math.max(0, dot));
    String local = parameter.substring(dot + 1);
    List<OfficialTensor> tensors = new ArrayList<>();
    Rule rule = rules(vertex).get(local);
    if (rule == null) {
      long end = shape.length == 0 ? 1 : shape[shape.length - 1];
      return List.of(new OfficialTensor(parameter, shape, parameter, Arrangement.SAME, 0, end));
    }
    long width = shape[shape.length - 1] / rule.names().size();
    for (int i = 0; i < rule.names().size(); i++) {
      tensors.add(
          new OfficialTensor(
              prefix(vertex) + rule.names().get(i),
              officialShape(vertex, rule.arrangement(), shape, width, channels, patch),
              parameter,
              rule.arrangement(),
              i * width,
              (i + 1) * width));
    }
    return tensors;
  }

  private static long[] officialShape(
      String vertex, Arrangement arrangement, long[] shape, long width, int channels, int patch) {
    if (arrangement == Arrangement.TRANSPOSED) {
      return vertex.equals("patch")
          ? new long[] {width, channels, patch, patch}
          : new long[] {width, shape[0]};
    }
    return LongStream.concat(LongStream.of(shape).limit(shape.length - 1L), LongStream.of(width))
        .toArray();
  }

  private static Map<String, Rule> rules(String vertex) {
    return switch (vertex) {
      case "patch" -> PATCH;
      case "time" -> TIME;
      case "label" -> CLASSES;
      case "caption" -> CAPTION;
      case "repa" -> PROJECTOR;
      case "final" -> FINAL;
      default -> vertex.matches("block\\d+") ? BLOCK : Map.of();
    };
  }

  private static String prefix(String vertex) {
    return switch (vertex) {
      case "patch" -> "x_embedder.";
      case "time" -> "";
      case "label", "caption" -> "y_embedder.";
      case "repa" -> TimWeights.PROJECTOR_PREFIX;
      case "final" -> "final_layer.";
      default -> "blocks." + vertex.substring("block".length()) + ".";
    };
  }

  /** Builds the rules of one kind of vertex from the modules that PyTorch networks are made of. */
  private static final class Rules {
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    Rules same(String ours, String... theirs) {
      rules.put(ours, new Rule(Arrangement.SAME, List.of(theirs)));
      return this;
    }

    private Rules transposed(String ours, String... theirs) {
      rules.put(ours, new Rule(Arrangement.TRANSPOSED, List.of(theirs)));
      return this;
    }

    /** {@code Linear}, the only one of its name. */
    Rules linear(String ours, String theirs) {
      return linear(ParameterNames.weight(ours), ParameterNames.bias(ours), theirs);
    }

    /** {@code Linear}, one of a unit of several. */
    Rules linear(String unit, int number, String theirs) {
      return linear(ParameterNames.weight(unit, number), ParameterNames.bias(unit, number), theirs);
    }

    private Rules linear(String weight, String bias, String theirs) {
      return transposed(weight, theirs + ".weight").same(bias, theirs + ".bias");
    }

    Rules norm(String ours, String theirs) {
      return same(ParameterNames.normGain(ours), theirs + ".weight")
          .same(ParameterNames.normBias(ours), theirs + ".bias");
    }

    /** {@code SwiGLU}: gate and value in our first map, the way back in our second. */
    Rules gated(String ours, String theirs) {
      return transposed(
              ParameterNames.weight(ours, 1), theirs + ".fc1_g.weight", theirs + ".fc1_x.weight")
          .same(ParameterNames.bias(ours, 1), theirs + ".fc1_g.bias", theirs + ".fc1_x.bias")
          .linear(ours, 2, theirs + ".fc2");
    }

    Map<String, Rule> map() {
      return Map.copyOf(rules);
    }
  }
}
