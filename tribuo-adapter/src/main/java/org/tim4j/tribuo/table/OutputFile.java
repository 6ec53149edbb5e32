package org.tim4j.tribuo.table;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tim4j.layers.base.InvalidInputException;

/** Files that appear whole or not at all. */
public final class OutputFile {
  private OutputFile() {}

  /** Writes a file. */
  public interface Content {
    /** Writes everything to that file. */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Checks that a file can be written, before work that would be lost if it could not.
   *
   * @throws InvalidInputException if it cannot
   */
  public static void requireWritable(Path file) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException("cannot write " + file + ": it is a folder; name a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "cannot write " + file + ": there is no folder " + folder + "; create it");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new InvalidInputException("cannot write " + file + ": it is read-only");
    }
    try {
      Files.delete(Files.createTempFile(folder, "." + file.getFileName(), ".tmp"));
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write " + file + ": no file can be made in " + folder, e);
    }
  }

  /**
   * Writes a file, or leaves it as it was.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public static void write(Path file, Content content) {
    requireWritable(file);
    Path unfinished = null;
    try {
      Path absolute = file.toAbsolutePath();
      unfinished =
          absolute.resolveSibling(
              "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      content.writeTo(unfinished);
      move(unfinished, absolute);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
    } finally {
      if (unfinished != null) {
        deleteIfThere(unfinished);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteIfThere(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // The failure that left it here is the one to report.
      unfinished.toFile().deleteOnExit();
    }
  }
}
