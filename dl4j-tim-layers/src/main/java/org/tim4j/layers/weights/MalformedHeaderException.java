package org.tim4j.layers.weights;

/** A header that breaks the format; turned into a {@link SafetensorsException} with the file. */
final class MalformedHeaderException extends Exception {
  MalformedHeaderException(String problem) {
    super(problem);
  }
}
