package org.tim4j.cli.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tim4j.layers.base.InvalidInputException;

/** The parameters of a request's address, each given at most once. */
final class QueryParameters {
  private final Map<String, String> values;

  private QueryParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the part of an address behind the question mark.
   *
   * @throws InvalidInputException if a parameter is unknown, given twice or not encoded
   */
  static QueryParameters of(URI address, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    String query = address.getRawQuery() == null ? "" : address.getRawQuery();
    for (String part : query.split("&")) {
      if (part.isEmpty()) {
        continue;
      }
      String[] pair = part.split("=", 2);
      String name = decode(pair[0]);
      if (!known.contains(name)) {
        throw new InvalidInputException(
            "there is no parameter " + name + "; give any of " + known.stream().sorted().toList());
      }
      if (values.put(name, pair.length == 2 ? decode(pair[1]) : "") != null) {
        throw new InvalidInputException("the parameter " + name + " is given twice; give it once");
      }
    }
    return new QueryParameters(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the address holds " + text + ", which is not percent-encoded", e);
    }
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  long whole(String name, long otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : parse(name, value);
  }

  double number(String name, double otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(name + " is " + value + "; give a number such as 1.5", e);
    }
  }

  List<Integer> list(String name, String otherwise) {
    return Arrays.stream(text(name, otherwise).split(",", -1))
        .map(value -> Math.toIntExact(Math.min(Integer.MAX_VALUE, parse(name, value.strip()))))
        .toList();
  }

  private static long parse(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(name + " is " + value + "; give a whole number", e);
    }
  }
}
