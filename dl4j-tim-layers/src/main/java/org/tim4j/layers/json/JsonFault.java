package org.tim4j.layers.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What is wrong with a JSON object, in words for whoever wrote it.
 *
 * @param mapper what the object was read with
 * @param what what was read
 * @param json the object
 */
record JsonFault(JsonMapper mapper, String what, JsonNode json) {
  private static final int LONGEST_VALUE = 60;

  /** Returns the fault of a text that is no JSON. */
  static String ofSyntax(String what, JsonProcessingException fault) {
    JsonLocation place = fault.getLocation();
    String where =
        place == null
            ? ""
            : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    String twice = "Duplicate field '";
    String message = fault.getOriginalMessage();
    if (message.startsWith(twice)) {
      String name = message.substring(twice.length(), message.indexOf('\'', twice.length()));
      return what + ": '" + name + "' is given twice" + where + "; give it once";
    }
    return what + ": this is no JSON" + where + "; correct or replace it";
  }

  /** Returns the fault of an object that does not fit its type. */
  String of(JsonMappingException fault) {
    String path = path(fault.getPath());
    if (fault instanceof UnrecognizedPropertyException unknown) {
      return what
          + ": there is no setting '"
          + path
          + "'; there are "
          + unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    if (fault instanceof InvalidTypeIdException type) {
      return ofType(path, type);
    }
    if (fault instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return misfit(path, fault, mismatch.getTargetType());
    }
    if (fault.getCause() instanceof InputCoercionException tooLarge) {
      return misfit(path, fault, tooLarge.getTargetType());
    }
    return what + ": " + path + " is " + value(fault.getPath()) + ", which cannot be used";
  }

  private String misfit(String path, JsonMappingException fault, Class<?> wanted) {
    return what
        + ": "
        + (path.isEmpty() ? "it is " : path + " is ")
        + value(fault.getPath())
        + "; it must be "
        + expected(wanted);
  }

  private String ofType(String path, InvalidTypeIdException fault) {
    JavaType base = fault.getBaseType();
    Collection<NamedType> known =
        mapper
            .getSubtypeResolver()
            .collectAndResolveSubtypesByTypeId(
                mapper.getDeserializationConfig(),
                AnnotatedClassResolver.resolve(
                    mapper.getDeserializationConfig(), base, mapper.getDeserializationConfig()));
    String names =
        known.stream()
            .map(NamedType::getName)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String given = fault.getTypeId() == null ? "no type" : "the type '" + fault.getTypeId() + "'";
    return what + ": " + path + " is of " + given + "; known are " + names;
  }

  private static String path(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."));
  }

  private String value(List<JsonMappingException.Reference> path) {
    JsonNode node = json;
    for (JsonMappingException.Reference part : path) {
      node =
          part.getFieldName() == null ? node.path(part.getIndex()) : node.path(part.getFieldName());
    }
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", "));
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number in digits, at most " + Integer.MAX_VALUE;
    }
    if (type == long.class || type == Long.class) {
      return "a whole number in digits";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text in quotes";
    }
    return Collection.class.isAssignableFrom(type) ? "a list in brackets" : "an object in braces";
  }
}
