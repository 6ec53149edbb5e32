package org.tim4j.cli;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.file.Path;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.RunSettings;
import org.tim4j.tribuo.config.Tokenization;
import org.tim4j.tribuo.config.TransitionSettings;
import picocli.CommandLine.Option;

/** Network and training of a generator of table rows; what is not given keeps its default. */
final class GeneratorOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings to start from instead of the defaults, such as best.json of tim sweep --csv;"
              + " the other options change them.")
  private Path config;

  @Option(names = "--steps", paramLabel = "N", description = "Training steps.")
  private Integer steps;

  @Option(names = "--hidden", paramLabel = "N", description = "Width of the network.")
  private Integer hidden;

  @Option(
      names = "--tokens",
      paramLabel = "KIND",
      description =
          "What a token of the network is: ${COMPLETION-CANDIDATES}. FEATURE is one a column, with"
              + " attention between them.")
  private Tokenization tokens;

  @Option(names = "--depth", paramLabel = "N", description = "Blocks of the network.")
  private Integer depth;

  @Option(
      names = "--jitter",
      paramLabel = "X",
      description = "Standard deviation of the noise added to the scaled training rows.")
  private Double jitter;

  /**
   * Returns the settings.
   *
   * @throws InvalidInputException if one is out of range
   */
  TransitionSettings over(TransitionSettings.Builder settings) {
    if (config != null) {
      settings.run(RunSettings.read(config));
    }
    if (steps != null) {
      settings.steps(steps);
    }
    if (tokens != null) {
      settings.tokenization(tokens);
    }
    if (hidden != null) {
      settings.hiddenSize(hidden);
    }
    if (depth != null) {
      settings.depth(depth);
    }
    if (jitter != null) {
      settings.jitter(jitter);
    }
    try {
      return settings.build();
    } catch (PropertyException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
