package org.tim4j.objective.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;

/**
 * Settings that a user changes by name. A name is the dotted path of a setting as it is written to
 * JSON, such as {@code network.hidden} or {@code training.optimizer.learningRate}, or the end of
 * one, such as {@code hidden} or {@code learningRate}, if no other setting ends so. A value is
 * JSON, or a text without quotes; it is taken as it is or refused.
 */
final class Overrides {
  private static final StrictJson JSON = new StrictJson();

  private final ObjectNode tree;
  private final Map<String, String> given = new HashMap<>();

  Overrides(RunSettings settings) {
    tree = settings.toJson();
  }

  /**
   * Returns the settings with some of them replaced.
   *
   * @param assignments each {@code NAME=VALUE}
   */
  RunSettings apply(List<String> assignments) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1 || equals == assignment.length() - 1) {
        throw new InvalidInputException(
            "'"
                + assignment
                + "' gives no setting a value; write NAME=VALUE, such as hidden=64, or NAME=null"
                + " for none");
      }
      replace(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return RunSettings.of(tree);
  }

  private void replace(String name, String value) {
    List<String> found = new ArrayList<>();
    collect("", tree, name, found);
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "there is no setting '"
              + name
              + "'; "
              + Spelling.nearest(name, names())
                  .map(near -> "did you mean " + near + "? ")
                  .orElse("")
              + "the settings are "
              + String.join(", ", names()));
    }
    if (found.size() > 1) {
      throw new InvalidInputException(
          "'" + name + "' may mean " + String.join(" or ", found) + "; give the whole name");
    }
    String path = found.get(0);
    String before = given.put(path, value);
    if (before != null) {
      throw new InvalidInputException(
          path + " is given twice, as " + before + " and as " + value + "; give it once");
    }
    int dot = path.lastIndexOf('.');
    ObjectNode parent = (ObjectNode) tree.at("/" + path.substring(0, dot).replace('.', '/'));
    parent.set(path.substring(dot + 1), parse(path, value));
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

  /**
   * Returns the JSON that {@code value} is, or itself as a text: names of choices need no quotes.
   */
  private static JsonNode parse(String path, String value) {
    if (value.matches("(?s)[A-Za-z_]\\w*") && !value.matches("true|false|null")) {
      return TextNode.valueOf(value);
    }
    return JSON.parse("the value of " + path, value);
  }
}
