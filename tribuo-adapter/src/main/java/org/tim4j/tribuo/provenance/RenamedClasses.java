package org.tim4j.tribuo.provenance;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;

/**
 * Stored models name the classes of their settings: gives those of earlier versions their names of
 * today.
 */
public final class RenamedClasses {
  private static final Map<String, String> NAMES =
      Map.of("org.tim4j.layers.TimRuntime", "org.tim4j.layers.base.TimRuntime");

  private RenamedClasses() {}

  /** Returns a message in which texts that are a former name are the present one. */
  @SuppressWarnings("unchecked") // Of the same descriptor, so of the same class.
  public static <M extends Message> M current(M message) {
    Message.Builder builder = message.toBuilder();
    message.getAllFields().forEach((field, value) -> builder.setField(field, currentValue(value)));
    return (M) builder.build();
  }

  private static Object currentValue(Object value) {
    if (value instanceof List<?> all) {
      return all.stream().map(RenamedClasses::currentOne).toList();
    }
    return currentOne(value);
  }

  private static Object currentOne(Object value) {
    if (value instanceof Message message) {
      return current(message);
    }
    return value instanceof String text ? NAMES.getOrDefault(text, text) : value;
  }
}
