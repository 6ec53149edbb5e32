package org.tim4j.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Settings that a user changes by name. A name is the dotted path of a setting as it is written to
 * JSON, such as {@code network.hidden} or {@code training.optimizer.learningRate}, or the end of
 * one, such as {@code hidden} or {@code learningRate}, if no other setting ends so.
 */
public final class Overrides {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode tree;

  private Overrides(RunSettings settings) {
    tree = settings.toJson();
  }

  /**
   * Returns settings with some of them replaced.
   *
   * @param values new value by name; numbers, true and false, null, JSON objects, or text
   * @throws InvalidInputException if a name is unknown or ambiguous, or a value does not fit
   */
  public static RunSettings apply(RunSettings settings, Map<String, String> values) {
    if (values.isEmpty()) {
      return settings;
    }
    Overrides overrides = new Overrides(settings);
    values.forEach(overrides::replace);
    return RunSettings.of(overrides.tree);
  }

  private void replace(String name, String value) {
    List<String> found = new ArrayList<>();
    collect("", tree, name, found);
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "there is no setting '" + name + "'; the settings are " + String.join(", ", names()));
    }
    if (found.size() > 1) {
      throw new InvalidInputException(
          "'" + name + "' may mean " + String.join(" or ", found) + "; give the whole name");
    }
    String path = found.get(0);
    int dot = path.lastIndexOf('.');
    ObjectNode parent = (ObjectNode) tree.at("/" + path.substring(0, dot).replace('.', '/'));
    parent.set(path.substring(dot + 1), parse(value));
  }

  /** Collects the paths that are {@code name} or end in it. */
  private static void collect(String prefix, JsonNode node, String name, List<String> found) {
    node.properties()
        .forEach(
            entry -> {
              String path = prefix + entry.getKey();
              boolean top = prefix.isEmpty();
              if (!top && (path.equals(name) || path.endsWith("." + name))) {
                found.add(path);
              }
              collect(path + ".", entry.getValue(), name, found);
            });
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    leaves("", tree, names);
    return names;
  }

  private static void leaves(String prefix, JsonNode node, List<String> names) {
    if (!node.isObject()) {
      names.add(prefix);
      return;
    }
    node.properties()
        .forEach(
            entry ->
                leaves(
                    prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                    entry.getValue(),
                    names));
  }

  private static JsonNode parse(String value) {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(value);
    }
  }
}
