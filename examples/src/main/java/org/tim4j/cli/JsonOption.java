package org.tim4j.cli;

import java.nio.file.Path;
import org.tim4j.cli.run.RunFolder;
import org.tim4j.tribuo.table.OutputFile;
import picocli.CommandLine.Option;

/** The option {@code --json}. */
final class JsonOption {
  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private Path file;

  /** The file to write, or null. */
  Path file() {
    return file;
  }

  /** Whether the option was given. */
  boolean isGiven() {
    return file != null;
  }

  /** Checks that the figures can be written, before the work for them. */
  void requireWritable() {
    if (file != null) {
      OutputFile.requireWritable(file);
    }
  }

  /** Writes the figures if the option was given. */
  void write(Object figures) {
    if (file != null) {
      OutputFile.write(file, unfinished -> RunFolder.write(unfinished, figures));
    }
  }
}
