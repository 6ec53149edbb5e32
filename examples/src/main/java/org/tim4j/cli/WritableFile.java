package org.tim4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file that an option names and a command writes at its end: where it cannot be written, that is
 * said before the work.
 */
final class WritableFile implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    Path file;
    try {
      file = Path.of(value);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + value + "' cannot be the name of a file here");
    }
    if (value.isBlank()) {
      throw new TypeConversionException("'" + value + "' is no name of a file");
    }
    if (Files.isDirectory(file)) {
      throw new TypeConversionException("'" + value + "' is a folder; name a file in it");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new TypeConversionException("'" + value + "' is read-only");
    }
    Path folder = file.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new TypeConversionException(
          "'" + value + "' cannot be written, because '" + folder + "' is no folder to write to");
    }
    return file;
  }

  /**
   * Makes the folder of a file, if it is not there.
   *
   * @throws InvalidInputException if it cannot be made
   */
  static void makeFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException("cannot create the folder " + folder + ": " + e, e);
    }
  }
}
