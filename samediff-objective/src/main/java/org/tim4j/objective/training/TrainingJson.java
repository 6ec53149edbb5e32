package org.tim4j.objective.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Weighting;
import org.tim4j.objective.register.ObjectiveRegister;
import org.tim4j.objective.register.ObjectiveTypes;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;

/**
 * A {@link TrainingConfig} as JSON: one property for each component. Transports, distributions of
 * times, and weightings other than {@link IntervalWeighting} are named by a {@code type}, as the
 * {@link ObjectiveRegister} has them.
 */
public final class TrainingJson {
  private static final String WHAT = "the training's settings";
  private static final String TYPE = "type";
  private static final String BUILT_IN = "INTERVAL";

  private final StrictJson json;

  /**
   * Knows the types of this library and those that services on the class path name.
   *
   * @throws InvalidInputException if a service cannot be used
   */
  public TrainingJson() {
    this(ObjectiveRegister.ofClassPath());
  }

  /** Knows the types of a register. */
  public TrainingJson(ObjectiveRegister register) {
    JsonMapper mapper =
        StrictJson.builder()
            .addMixIn(Transport.class, Named.class)
            .addMixIn(TimeLaw.class, Named.class)
            .addMixIn(Weighting.class, Named.class)
            .build();
    register
        .transports()
        .forEach((name, type) -> mapper.registerSubtypes(new NamedType(type.getClass(), name)));
    register
        .timeDistributions()
        .forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
    register
        .weightings()
        .forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
    mapper.registerSubtypes(new NamedType(IntervalWeighting.class, BUILT_IN));
    this.json = new StrictJson(mapper);
  }

  /** Returns the settings as JSON. */
  public JsonNode write(TrainingConfig config) {
    ObjectNode tree = (ObjectNode) json.tree(config);
    ObjectNode weighting = (ObjectNode) tree.get("loss").get("weighting");
    if (weighting.path(TYPE).asText().equals(BUILT_IN)) {
      weighting.remove(TYPE);
    }
    return tree;
  }

  /**
   * Reads settings.
   *
   * @throws InvalidInputException if a property is unknown, missing, of another type or out of
   *     range
   */
  public TrainingConfig read(JsonNode tree) {
    JsonNode complete = tree.deepCopy();
    if (complete.path("loss").path("weighting") instanceof ObjectNode weighting
        && !weighting.has(TYPE)) {
      weighting.put(TYPE, BUILT_IN);
    }
    return json.read(WHAT, complete, TrainingConfig.class);
  }

  /**
   * Reads settings from text.
   *
   * @throws InvalidInputException if it is no JSON, or as {@link #read(JsonNode)}
   */
  public TrainingConfig read(String text) {
    return read(json.parse(WHAT, text));
  }

  /** Returns a transport or a weighting as JSON, with its type. */
  public ObjectNode writePart(Object part) {
    return (ObjectNode) json.tree(part);
  }

  /**
   * Reads what {@link #writePart} wrote.
   *
   * @param type {@code Transport.class} or {@code Weighting.class}
   * @throws InvalidInputException if a property is unknown, missing, of another type or out of
   *     range
   */
  public <T> T readPart(JsonNode part, Class<T> type) {
    return json.read(WHAT, part, type);
  }

  /**
   * Requires that settings can be read again from what is written of them.
   *
   * @throws InvalidInputException if a type of a user's own has no name
   */
  public void requireReadable(TrainingConfig config) {
    TrainingConfig again;
    try {
      again = read(write(config));
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw unreadable(e.getMessage(), e);
    }
    if (!again.equals(config)) {
      throw unreadable("what is read differs from what was written, " + again, null);
    }
  }

  private static InvalidInputException unreadable(String why, Exception cause) {
    return new InvalidInputException(
        "these settings could not be read again: "
            + why
            + "; a type of one's own is a record that a service "
            + ObjectiveTypes.class.getName()
            + " names",
        cause);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = TYPE)
  private interface Named {}
}
