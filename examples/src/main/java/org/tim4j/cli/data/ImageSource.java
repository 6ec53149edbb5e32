package org.tim4j.cli.data;

import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;

/** Where images come from. */
public interface ImageSource {
  /**
   * Reads the images.
   *
   * @throws InvalidInputException if a file is missing or damaged
   */
  TrainTest load();

  /**
   * Returns the source that a user names: {@code digits}, {@code idx:DIR} or {@code folder:DIR}.
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
      return new IdxFolder(Path.of(folder));
    }
    if (!folder.isEmpty() && kind.equals("folder")) {
      return new ImageFolder(Path.of(folder));
    }
    throw new InvalidInputException(
        "unknown data set '" + name + "'; give digits, idx:DIR or folder:DIR");
  }
}
