package org.tim4j.cli;

import java.util.List;
import org.tim4j.cli.evaluate.Evaluation;
import picocli.CommandLine.Option;

/** How much is sampled for an evaluation. */
final class EvaluationOptions {
  private static final List<Integer> IMAGES = List.of(1, 2, 4, 8, 32, 128);

  @Option(
      names = "--nfe",
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of sampling steps to evaluate (default: 1,2,4,8,32,128; for tables 1,4,16,64).")
  private List<Integer> nfe;

  @Option(
      names = "--samples-per-class",
      paramLabel = "N",
      defaultValue = "180",
      description = "Samples of each class (default: ${DEFAULT-VALUE}).")
  private int perClass;

  /** The evaluation that was asked for. */
  Evaluation evaluation(double guidance, long seed) {
    return new Evaluation(nfeOr(IMAGES), perClass, guidance, seed);
  }

  /** The numbers that were asked for, or these. */
  List<Integer> nfeOr(List<Integer> defaults) {
    return nfe == null ? defaults : nfe;
  }
}
