package org.tim4j.tribuo.generator;

import java.util.Map;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;
import org.tim4j.objective.register.ObjectiveRegister;
import org.tim4j.objective.training.TrainingJson;
import org.tim4j.objective.transport.Transport;
import org.tim4j.tribuo.config.TransportChoice;

/** A transport in a stored model: the name of one with default settings, or JSON. */
final class StoredTransport {
  private StoredTransport() {}

  static String write(Transport transport) {
    return ObjectiveRegister.ofClassPath().transports().entrySet().stream()
        .filter(entry -> entry.getValue().equals(transport))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> new TrainingJson().writePart(transport).toString());
  }

  /**
   * @throws IllegalStateException if the text stands for no transport
   */
  static Transport read(String text) {
    try {
      return text.startsWith("{")
          ? new TrainingJson()
              .readPart(new StrictJson().parse("the transport", text), Transport.class)
          : ObjectiveRegister.ofClassPath().transport(TransportChoice.registeredName(text));
    } catch (InvalidInputException e) {
      throw new IllegalStateException("Invalid protobuf, " + e.getMessage(), e);
    }
  }
}
