package org.tim4j.layers.weights;

import java.nio.file.Path;
import org.tim4j.layers.base.TimException;

/** A safetensors file that is damaged, unsafe, unreadable or cannot be written. */
public final class SafetensorsException extends TimException {
  private static final int LONGEST_PROBLEM = 400;

  /**
   * @param file the file that was to be read or written
   * @param problem what is wrong with it; shortened and put on one line, since it may quote the
   *     file
   */
  SafetensorsException(Path file, String problem) {
    super(file + ": " + oneLine(problem));
  }

  SafetensorsException(Path file, String problem, Throwable cause) {
    super(file + ": " + oneLine(problem), cause);
  }

  private static String oneLine(String problem) {
    String line = problem.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return line.length() <= LONGEST_PROBLEM ? line : line.substring(0, LONGEST_PROBLEM) + "…";
  }
}
