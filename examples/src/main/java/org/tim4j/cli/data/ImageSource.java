package org.tim4j.cli.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tim4j.layers.base.InvalidInputException;

/** Where images come from. */
public interface ImageSource {
  /**
   * Reads the images.
   *
   * @param notes told of files that are passed over
   * @throws InvalidInputException if a file is missing or damaged
   */
  TrainTest load(Consumer<String> notes);

  /**
   * Reads the images of a source whose notes have been told before.
   *
   * @throws InvalidInputException if a file is missing or damaged
   */
  default TrainTest load() {
    return load(note -> {});
  }

  /**
   * Returns the source that a user names: {@code digits}, {@code idx:DIR} or {@code folder:DIR},
   * the latter with or without an {@link ImageReading} behind it.
   *
   * @throws InvalidInputException if the name is none of these
   */
  static ImageSource parse(String name) {
    if (name.equals("digits")) {
      return new Digits();
    }
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String folder = colon < 0 ? "" : name.substring(colon + 1);
    if (!folder.isEmpty() && kind.equals("idx")) {
      return new IdxFolder(path(folder));
    }
    if (!folder.isEmpty() && kind.equals("folder")) {
      ImageReading.Named named = ImageReading.Named.parse(folder);
      return new ImageFolder(path(named.folder()), named.reading());
    }
    throw new InvalidInputException(
        "unknown data set '" + name + "'; give digits, idx:DIR or folder:DIR");
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new InvalidInputException(
          "'" + name + "' cannot be the name of a folder here: " + e.getReason(), e);
    }
  }
}
