package org.tim4j.layers.weights;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.json.StrictJson;

/**
 * The content of {@code config.json}: what the folder is, the network's configuration and the sums
 * of the other files.
 *
 * @param format always {@value #FORMAT}
 * @param version version of the folder's layout
 * @param network the network's configuration as JSON
 * @param files sums of all other files by name
 */
record FolderManifest(
    @JsonProperty(required = true) String format,
    @JsonProperty(required = true) int version,
    @JsonProperty(required = true) JsonNode network,
    @JsonProperty(required = true) Map<String, FileDigest> files) {

  static final String FILE = "config.json";
  private static final String FORMAT = "tim-model";
  private static final int VERSION = 1;

  private static final StrictJson JSON =
      new StrictJson(StrictJson.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

  FolderManifest {
    files = new TreeMap<>(files);
  }

  FolderManifest(JsonNode network, Map<String, FileDigest> files) {
    this(FORMAT, VERSION, network, files);
  }

  void write(Path folder) throws IOException {
    DurableFile.write(folder.resolve(FILE), JSON.write(this).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws ModelFolderException if there is no model in the folder, or one of a later version
   */
  static FolderManifest read(Path folder) {
    try {
      JsonNode root = JSON.parse("its properties", Files.readString(folder.resolve(FILE)));
      if (!root.path("format").asText().equals(FORMAT)) {
        throw new ModelFolderException(folder, FILE + " does not describe a TiM model");
      }
      if (root.path("version").asInt() != VERSION) {
        throw new ModelFolderException(
            folder,
            String.format(
                Locale.ROOT,
                "has version %s of the format, but only version %d can be read; update this program",
                root.path("version"),
                VERSION));
      }
      return JSON.read("its properties", root, FolderManifest.class);
    } catch (NoSuchFileException e) {
      throw new ModelFolderException(folder, "is no model folder: it has no " + FILE, e);
    } catch (InvalidInputException e) {
      throw new ModelFolderException(folder, FILE + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelFolderException(folder, FILE + " cannot be read: " + e, e);
    }
  }

  boolean lists(String file) {
    return files.containsKey(file);
  }

  /**
   * Returns the path of a file after comparing it with its sum.
   *
   * @throws ModelFolderException if it is not the file that was written
   */
  Path checked(Path folder, String file) {
    Path path = folder.resolve(file);
    FileDigest expected = files.get(file);
    if (expected == null) {
      throw new ModelFolderException(folder, "has no " + file);
    }
    try {
      if (Files.size(path) != expected.bytes()) {
        throw new ModelFolderException(
            folder,
            String.format(
                Locale.ROOT,
                "%s is %d bytes long instead of %d: it was cut short or replaced",
                file,
                Files.size(path),
                expected.bytes()));
      }
      if (!FileDigest.of(path).equals(expected)) {
        throw new ModelFolderException(
            folder, file + " is damaged: its content does not have the sum that was recorded");
      }
      return path;
    } catch (NoSuchFileException e) {
      throw new ModelFolderException(folder, file + " is missing", e);
    } catch (IOException e) {
      throw new ModelFolderException(folder, file + " cannot be read: " + e, e);
    }
  }
}
