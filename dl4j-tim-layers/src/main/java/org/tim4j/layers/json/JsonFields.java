package org.tim4j.layers.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.tim4j.layers.base.InvalidInputException;

/**
 * One JSON object whose settings are read as what they are: a text is no number, a fraction no
 * whole number and nothing that is missing is 0.
 *
 * @param where the file and the names that lead to the object, for messages
 * @param json the object
 */
public record JsonFields(String where, JsonNode json) {
  /**
   * @throws InvalidInputException if it is no object
   */
  public JsonFields {
    if (json == null || !json.isObject()) {
      throw new InvalidInputException(
          where + " is " + (json == null ? "missing" : json) + "; a JSON object is expected");
    }
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read or is no JSON object
   */
  public static JsonFields read(Path file) {
    String name = file.getFileName().toString();
    try {
      return new JsonFields(name, new StrictJson().parse(name, Files.readString(file)));
    } catch (IOException e) {
      throw new InvalidInputException(name + " cannot be read as text; write it again", e);
    }
  }

  /** Returns whether a setting is given. */
  public boolean has(String setting) {
    return json.has(setting);
  }

  /** Returns the names of the settings in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Returns an object inside. */
  public JsonFields object(String setting) {
    return new JsonFields(where + ": " + setting, json.get(setting));
  }

  /** Returns the objects inside; what is no object stays out, for it is a remark. */
  public List<String> objects(String setting) {
    JsonFields inside = object(setting);
    return inside.names().stream().filter(name -> inside.json.get(name).isObject()).toList();
  }

  /** Returns a finite number. */
  public double number(String setting) {
    return required(setting, "a finite number", JsonFields::isFinite).asDouble();
  }

  /** Returns a finite number if it is given. */
  public OptionalDouble optionalNumber(String setting) {
    return has(setting) ? OptionalDouble.of(number(setting)) : OptionalDouble.empty();
  }

  /** Returns a whole number. */
  public int count(String setting) {
    return required(
            setting, "a whole number", value -> value.isIntegralNumber() && value.canConvertToInt())
        .asInt();
  }

  /** Returns true or false. */
  public boolean flag(String setting) {
    return required(setting, "true or false", JsonNode::isBoolean).asBoolean();
  }

  /** Returns a text. */
  public String text(String setting) {
    return required(setting, "a text", JsonNode::isTextual).asText();
  }

  /** Returns a list of finite numbers. */
  public double[] numbers(String setting) {
    JsonNode list = required(setting, "a list of finite numbers", JsonNode::isArray);
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!isFinite(list.get(i))) {
        throw refusal(setting, list, "a list of finite numbers");
      }
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }

  private static boolean isFinite(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.asDouble());
  }

  private JsonNode required(String setting, String kind, Predicate<JsonNode> fits) {
    JsonNode value = json.path(setting);
    if (!fits.test(value)) {
      throw refusal(setting, value, kind);
    }
    return value;
  }

  private InvalidInputException refusal(String setting, JsonNode value, String kind) {
    return new InvalidInputException(
        String.format(
            Locale.ROOT,
            "%s: %s is %s; %s is expected",
            where,
            setting,
            value.isMissingNode() ? "missing" : value,
            kind));
  }
}
