package org.tim4j.layers.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.JsonFields;
import org.tim4j.layers.weights.TensorType;

/**
 * A folder of reference files: each {@code X.safetensors} stands beside an {@code X.json} that
 * describes it.
 *
 * @param folder where the files are
 */
public record ReferenceFolder(Path folder) {
  private static final String ARRAYS = ".safetensors";
  private static final String DESCRIPTION = ".json";

  /**
   * @throws InvalidInputException if there is no such folder
   */
  public ReferenceFolder {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "there is no folder " + folder + "; give the folder of the reference files");
    }
  }

  /** Returns the names of all files of arrays, without the ending, in order. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ARRAYS))
          .map(name -> name.substring(0, name.length() - ARRAYS.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot list the folder " + folder, e);
    }
  }

  /**
   * Returns, in order and once each, the names that begin so and end in one of several ways,
   * without the ending.
   */
  public List<String> family(String beginning, String... endings) {
    return names().stream()
        .filter(name -> name.startsWith(beginning))
        .flatMap(
            name ->
                Stream.of(endings)
                    .filter(ending -> name.endsWith(ending))
                    .map(ending -> name.substring(0, name.length() - ending.length())))
        .distinct()
        .toList();
  }

  /** Returns whether a file and its description exist. */
  public boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name + ARRAYS))
        && Files.isRegularFile(folder.resolve(name + DESCRIPTION));
  }

  /**
   * Opens a file of arrays.
   *
   * @param stored type of its real numbers
   * @throws org.tim4j.layers.base.TimException if it is damaged
   */
  public ReferenceFile open(String name, TensorType stored) {
    return new ReferenceFile(
        name,
        folder.resolve(name + ARRAYS),
        JsonFields.read(folder.resolve(name + DESCRIPTION)),
        stored);
  }
}
