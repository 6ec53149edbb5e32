package org.tim4j.cli.data;

import java.util.function.Consumer;
import org.tim4j.layers.base.InvalidInputException;

/**
 * What becomes of files that cannot be read: the first ends the reading, or each is passed over.
 */
final class BrokenFiles {
  private final boolean skip;
  private final Consumer<String> notes;
  private int count;

  /**
   * @param skip whether to go on without them
   * @param notes told of each file that is passed over, and of their number
   */
  BrokenFiles(boolean skip, Consumer<String> notes) {
    this.skip = skip;
    this.notes = notes;
  }

  /**
   * Notes a file.
   *
   * @param problem names the file and what is wrong with it
   * @throws InvalidInputException unless such files are passed over
   */
  void add(String problem) {
    if (!skip) {
      throw new InvalidInputException(problem + " (--skip-broken goes on without such files)");
    }
    notes.accept("skipped: " + problem);
    count++;
  }

  /** Tells how many files were passed over, if any. */
  void tellCount() {
    if (count > 0) {
      notes.accept(count + (count == 1 ? " file was" : " files were") + " skipped");
    }
  }
}
