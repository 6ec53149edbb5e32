package org.tim4j.examples.cli;

import java.util.List;
import org.tim4j.examples.evaluate.Evaluation;
import picocli.CommandLine.Option;

/** How much is sampled for an evaluation. */
final class EvaluationOptions {
  @Option(
      names = "--nfe",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,4,8,32,128",
      description = "Numbers of sampling steps to evaluate (default: ${DEFAULT-VALUE}).")
  private List<Integer> nfe;

  @Option(
      names = "--samples-per-class",
      paramLabel = "N",
      defaultValue = "180",
      description = "Samples of each class (default: ${DEFAULT-VALUE}).")
  private int perClass;

  /** The evaluation that was asked for. */
  Evaluation evaluation(double guidance, long seed) {
    return new Evaluation(nfe, perClass, guidance, seed);
  }
}
