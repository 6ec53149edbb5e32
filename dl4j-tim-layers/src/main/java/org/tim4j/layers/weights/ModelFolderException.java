package org.tim4j.layers.weights;

import java.nio.file.Path;
import org.tim4j.layers.base.TimException;

/** A model folder that is missing, incomplete, damaged, foreign or cannot be written. */
public final class ModelFolderException extends TimException {
  ModelFolderException(Path folder, String problem) {
    super(folder + ": " + problem);
  }

  ModelFolderException(Path folder, String problem, Throwable cause) {
    super(folder + ": " + problem, cause);
  }
}
