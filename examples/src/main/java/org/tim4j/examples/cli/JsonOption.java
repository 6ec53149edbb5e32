package org.tim4j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tim4j.layers.InvalidInputException;
import picocli.CommandLine.Option;

/** The option {@code --json}. */
final class JsonOption {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private Path file;

  /** Writes the figures if the option was given. */
  void write(Object figures) {
    if (file != null) {
      write(file, figures);
    }
  }

  static void write(Path file, Object figures) {
    try {
      Files.writeString(file, MAPPER.writeValueAsString(figures) + System.lineSeparator());
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
