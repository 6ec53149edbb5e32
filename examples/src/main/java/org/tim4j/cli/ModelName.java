package org.tim4j.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The folder of a model, or the name of one that comes with the command line. A folder of that name
 * has the right of way.
 */
final class ModelName implements ITypeConverter<Path> {
  /** The property that names the folder of the models that come along; the launcher sets it. */
  static final String MODELS = "tim.models";

  @Override
  public Path convert(String value) {
    try {
      Path given = Path.of(value);
      String models = System.getProperty(MODELS);
      if (models == null || Files.exists(given) || given.getNameCount() != 1) {
        return given;
      }
      Path bundled = Path.of(models).resolve(given.getFileName());
      return Files.isDirectory(bundled) ? bundled : given;
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + value + "' cannot be the name of a folder here");
    }
  }
}
