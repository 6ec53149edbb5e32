package org.tim4j.arbiter.space;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TrainingJson;

/** Configurations as JSON within the JSON and YAML of Arbiter, which has a Jackson of its own. */
final class ConfigurationJson {
  private ConfigurationJson() {}

  private abstract static class Writer<T> extends JsonSerializer<T> {
    private static final org.nd4j.shade.jackson.databind.ObjectMapper TREES =
        new org.nd4j.shade.jackson.databind.ObjectMapper();

    abstract String text(T value);

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeTree(TREES.readTree(text(value)));
    }
  }

  private abstract static class Reader<T> extends JsonDeserializer<T> {
    abstract T value(String text);

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return value(parser.readValueAsTree().toString());
    }
  }

  /** Writes a network's settings. */
  static final class NetworkWriter extends Writer<TimNetworkConfig> {
    @Override
    String text(TimNetworkConfig value) {
      return value.toJson();
    }
  }

  /** Reads a network's settings. */
  static final class NetworkReader extends Reader<TimNetworkConfig> {
    @Override
    TimNetworkConfig value(String text) {
      return TimNetworkConfig.fromJson(text);
    }
  }

  /** Writes a training's settings. */
  static final class TrainingWriter extends Writer<TrainingConfig> {
    @Override
    String text(TrainingConfig value) {
      return new TrainingJson().write(value).toString();
    }
  }

  /** Reads a training's settings. */
  static final class TrainingReader extends Reader<TrainingConfig> {
    @Override
    TrainingConfig value(String text) {
      return new TrainingJson().read(text);
    }
  }
}
