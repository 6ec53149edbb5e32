package org.tim4j.cli;

import java.nio.file.Path;
import org.tim4j.cli.run.RunFolder;
import picocli.CommandLine.Option;

/** The option {@code --json}. */
final class JsonOption {
  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private Path file;

  /** Writes the figures if the option was given. */
  void write(Object figures) {
    if (file != null) {
      RunFolder.write(file, figures);
    }
  }
}
