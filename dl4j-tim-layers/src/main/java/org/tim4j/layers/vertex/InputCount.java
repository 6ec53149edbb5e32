package org.tim4j.layers.vertex;

import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;

/** How many inputs a vertex is connected to. */
final class InputCount {
  private InputCount() {}

  /**
   * @param vertex whatever the user knows it by
   * @throws InvalidInputException if {@code given} is not the number of the definition's inputs
   */
  static void require(String vertex, VertexDefinition definition, int given) {
    if (given != definition.inputs().size()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s takes the inputs %s, in this order, but %d %s given.",
              vertex,
              definition.inputs(),
              given,
              given == 1 ? "is" : "are"));
    }
  }
}
