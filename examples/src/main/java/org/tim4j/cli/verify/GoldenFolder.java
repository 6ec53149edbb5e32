package org.tim4j.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;

/**
 * A folder of reference files: each {@code X.safetensors} stands beside an {@code X.json} that
 * describes it.
 *
 * @param folder where the files are
 */
public record GoldenFolder(Path folder) {
  private static final String ENDING = ".safetensors";

  /**
   * @throws InvalidInputException if there is no such folder
   */
  public GoldenFolder {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "there is no folder " + folder + "; give the folder of the reference files");
    }
  }

  /** Names of all files, without the ending, in order. */
  List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot list the folder " + folder, e);
    }
  }

  /** Whether a file and its description exist. */
  boolean has(String name) {
    return Files.isRegularFile(path(name)) && Files.isRegularFile(description(name));
  }

  /** Opens a file of arrays. */
  GoldenFile open(String name) {
    return new GoldenFile(name, path(name), json(name));
  }

  Path path(String name) {
    return folder.resolve(name + ENDING);
  }

  private Path description(String name) {
    return folder.resolve(name + ".json");
  }

  private JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(description(name).toFile());
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + description(name) + ": " + e.getMessage(), e);
    }
  }
}
