package org.tim4j.layers.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimException;

/**
 * JSON of settings and records. A value is taken as it is written or refused: no number is cut to a
 * whole one, no text becomes a number, nothing that is empty or missing becomes 0, and no name is
 * passed over or given twice.
 */
public final class StrictJson {
  private final JsonMapper mapper;

  /** Reads and writes what needs no further instructions. */
  public StrictJson() {
    this(builder().build());
  }

  /**
   * @param mapper made by {@link #builder}
   */
  public StrictJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** Starts a mapper that changes nothing, to which types can be added. */
  public static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .withCoercionConfigDefaults(
            config ->
                config
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Collection,
            config -> config.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.AsEmpty));
  }

  /**
   * Parses a text.
   *
   * @param what what is read, for messages, such as {@code "the settings in best.json"}
   * @throws InvalidInputException if it is no JSON, holds a name twice or a number beyond double
   *     precision
   */
  public JsonNode parse(String what, String text) {
    JsonNode node;
    try {
      node = mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(JsonFault.ofSyntax(what, e), e);
    }
    if (node.isMissingNode()) {
      throw new InvalidInputException(what + ": nothing is there; give JSON");
    }
    requireNumbers(what, node);
    return node;
  }

  private static void requireNumbers(String what, JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new InvalidInputException(what + ": a number is too large; give one below 1.8e308");
    }
    node.forEach(child -> requireNumbers(what, child));
  }

  /**
   * Reads an object from a text.
   *
   * @throws InvalidInputException as {@link #parse} and {@link #read(String, JsonNode, Class)}
   */
  public <T> T read(String what, String text, Class<T> type) {
    return read(what, parse(what, text), type);
  }

  /**
   * Reads an object.
   *
   * @param what what is read, for messages
   * @throws InvalidInputException if a property is unknown, missing, of another type or out of
   *     range; the message names it
   */
  public <T> T read(String what, JsonNode json, Class<T> type) {
    try {
      T value = mapper.treeToValue(json, type);
      if (value == null) {
        throw new InvalidInputException(what + ": nothing is there; give JSON");
      }
      return value;
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof TimException explained) {
        throw explained;
      }
      throw new InvalidInputException(new JsonFault(mapper, what, json).of(e), e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(JsonFault.ofSyntax(what, e), e);
    }
  }

  /** Returns an object as a tree. */
  public JsonNode tree(Object value) {
    return mapper.valueToTree(value);
  }

  /** Returns an object as text. */
  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object has no JSON: " + value.getClass(), e);
    }
  }
}
