package org.tim4j.cli.table;

import java.util.List;
import org.tim4j.layers.base.InvalidInputException;

/**
 * How often a study of a table is repeated.
 *
 * @param splits random divisions into 80 % to train on and 20 % to test on, with seeds 1, 2, …
 * @param generations generators trained on each division, with seeds of their own
 * @param evaluations numbers of network evaluations per row to compare
 */
public record Repetition(int splits, int generations, List<Integer> evaluations) {
  /** The share of the rows that is trained on. */
  public static final double TRAINING_SHARE = 0.8;

  private static final int SEEDS_PER_SPLIT = 1000;

  /**
   * @throws InvalidInputException if a number is below 1
   */
  public Repetition {
    evaluations = List.copyOf(evaluations);
    if (splits < 1 || generations < 1 || evaluations.isEmpty()) {
      throw new InvalidInputException(
          "give at least one split, one generation and one number of network evaluations, found "
              + splits
              + ", "
              + generations
              + " and "
              + evaluations.size());
    }
    for (int count : evaluations) {
      if (count < 1) {
        throw new InvalidInputException("network evaluations must be at least 1, found " + count);
      }
    }
  }

  static long seed(int split, int generation) {
    return (long) split * SEEDS_PER_SPLIT + generation;
  }
}
