package org.tim4j.cli;

import java.nio.file.Path;
import org.tim4j.cli.run.RunFolder;
import org.tim4j.tribuo.table.OutputFile;
import picocli.CommandLine.Option;

/** The option {@code --json}. */
final class JsonOption {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      converter = WritableFile.class,
      description = "Also write the figures as JSON.")
  private Path file;

  /** The file to write, or null. */
  Path file() {
    return file;
  }

  /** Whether the option was given. */
  boolean isGiven() {
    return file != null;
  }

  /** Writes the figures if the option was given. */
  void write(Object figures) {
    if (file != null) {
      WritableFile.makeFolder(file);
      OutputFile.write(file, unfinished -> RunFolder.write(unfinished, figures));
    }
  }
}
