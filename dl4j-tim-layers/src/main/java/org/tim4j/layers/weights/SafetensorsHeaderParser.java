package org.tim4j.layers.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the JSON header of a safetensors file.
 *
 * <p>The parser streams and refuses at the first fault, so that a hostile header costs no more
 * memory than a good one of its size.
 */
final class SafetensorsHeaderParser {
  private static final String METADATA = "__metadata__";

  /** The largest rank of an ND4J array. */
  private static final int MAX_RANK = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser parser;
  private final Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeaderParser(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @param text the header
   * @param dataLength number of bytes behind the header
   * @param dataStart place of the first of them in the file
   * @throws MalformedHeaderException if the header is JSON but breaks the format
   * @throws IOException if it is no JSON or no UTF-8
   */
  static SafetensorsHeader parse(Reader text, long dataLength, long dataStart)
      throws IOException, MalformedHeaderException {
    try (JsonParser parser = JSON.createParser(text)) {
      SafetensorsHeaderParser header = new SafetensorsHeaderParser(parser);
      header.readRoot();
      return new SafetensorsHeader(header.entries, header.metadata, dataLength, dataStart);
    }
  }

  private void readRoot() throws IOException, MalformedHeaderException {
    expect(JsonToken.START_OBJECT, parser.nextToken(), "the header");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        readTensor(name);
      }
    }
    if (parser.nextToken() != null) {
      throw new MalformedHeaderException("the header goes on after its closing brace");
    }
  }

  private void readMetadata() throws IOException, MalformedHeaderException {
    expect(JsonToken.START_OBJECT, parser.currentToken(), METADATA);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      expect(JsonToken.VALUE_STRING, parser.nextToken(), METADATA + " '" + key + "'");
      metadata.put(key, parser.getText());
    }
  }

  private void readTensor(String name) throws IOException, MalformedHeaderException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new MalformedHeaderException("the name of a tensor is no valid text: '" + name + "'");
    }
    expect(JsonToken.START_OBJECT, parser.currentToken(), "tensor '" + name + "'");
    TensorType type = null;
    long[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> type = readType(name);
        case "shape" -> shape = readIntegers("the shape of '" + name + "'", MAX_RANK);
        case "data_offsets" -> offsets = readIntegers("the data_offsets of '" + name + "'", 2);
        default ->
            throw new MalformedHeaderException(
                "tensor '" + name + "' has an unknown field '" + field + "'");
      }
    }
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw new MalformedHeaderException(
          "tensor '" + name + "' needs dtype, shape and two data_offsets");
    }
    entries.put(
        name,
        new SafetensorsHeader.Entry(new TensorInfo(name, type, shape), offsets[0], offsets[1]));
  }

  private TensorType readType(String tensor) throws IOException, MalformedHeaderException {
    expect(JsonToken.VALUE_STRING, parser.currentToken(), "the dtype of '" + tensor + "'");
    String type = parser.getText();
    return TensorType.named(type)
        .orElseThrow(
            () ->
                new MalformedHeaderException(
                    String.format(
                        Locale.ROOT,
                        "tensor '%s' has dtype %s; known are %s",
                        tensor,
                        type,
                        Arrays.toString(TensorType.values()))));
  }

  private long[] readIntegers(String what, int atMost)
      throws IOException, MalformedHeaderException {
    expect(JsonToken.START_ARRAY, parser.currentToken(), what);
    long[] values = new long[atMost];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == atMost) {
        throw new MalformedHeaderException(what + " has more than " + atMost + " numbers");
      }
      expect(JsonToken.VALUE_NUMBER_INT, parser.currentToken(), what);
      values[count] = parser.getLongValue();
      if (values[count] < 0) {
        throw new MalformedHeaderException(what + " has the negative number " + values[count]);
      }
      count++;
    }
    return Arrays.copyOf(values, count);
  }

  private static void expect(JsonToken expected, JsonToken found, String what)
      throws MalformedHeaderException {
    if (found != expected) {
      throw new MalformedHeaderException(
          what + " is " + found + " where the format has " + expected);
    }
  }
}
