package org.tim4j.layers.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the files of a model folder so that they appear together or not at all. */
final class FolderFiles {
  /** Writes one file to a path where there is none. */
  @FunctionalInterface
  interface Content {
    void write(Path path) throws IOException;
  }

  private FolderFiles() {}

  /**
   * Writes a folder, replacing a model folder that is there.
   *
   * @param network the network's configuration
   * @param files contents by file name
   * @throws ModelFolderException if it cannot be written, or the target is something else than a
   *     model folder; the target is then untouched
   */
  static void write(Path target, JsonNode network, Map<String, Content> files) {
    refuseForeign(target);
    try {
      Files.createDirectories(target.toAbsolutePath().normalize().getParent());
      try (Staging staging = Staging.beside(target)) {
        Path folder = Files.createDirectory(staging.content());
        Map<String, FileDigest> sums = new TreeMap<>();
        for (Map.Entry<String, Content> file : files.entrySet()) {
          Path path = folder.resolve(file.getKey());
          file.getValue().write(path);
          sums.put(file.getKey(), FileDigest.of(path));
        }
        new FolderManifest(network, sums).write(folder);
        staging.replaceFolder();
      }
    } catch (IOException e) {
      throw new ModelFolderException(target, "cannot be written: " + e, e);
    }
  }

  /** Replacing a folder deletes it: everything in it must be part of the model. */
  private static void refuseForeign(Path target) {
    if (!Files.exists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new ModelFolderException(target, "is a file; choose another name for the model folder");
    }
    try (Stream<Path> entries = Files.list(target)) {
      Map<String, FileDigest> known =
          Files.exists(target.resolve(FolderManifest.FILE))
              ? FolderManifest.read(target).files()
              : Map.of();
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals(FolderManifest.FILE) && !known.containsKey(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new ModelFolderException(
                    target,
                    "holds " + name + ", which is not part of a model and would be lost; move it");
              });
    } catch (IOException e) {
      throw new ModelFolderException(target, "cannot be read: " + e, e);
    }
  }
}
