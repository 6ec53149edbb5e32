package org.tim4j.objective.training;

import org.tim4j.layers.base.InvalidInputException;

/**
 * Decay of the exponential moving average (EMA) of the parameters.
 *
 * @param decay decay in the long run, in [0, 1); the published value is 0.9999
 * @param warmUp whether early averages forget faster
 */
public record AverageDecay(double decay, WarmUp warmUp) {
  /** How the decay grows from the start of training. */
  public enum WarmUp {
    /** The decay is constant, as in the authors' code. */
    NONE,
    /**
     * The decay of update k is at most (1 + k) / (10 + k), so that short runs forget their start.
     */
    RATIONAL
  }

  public AverageDecay {
    if (!(decay >= 0 && decay < 1)) {
      throw new InvalidInputException(
          "the decay of the average is " + decay + "; it must lie in [0, 1)");
    }
  }

  /** The published setting: 0.9999, constant. */
  public static AverageDecay published() {
    return new AverageDecay(0.9999, WarmUp.NONE);
  }

  /**
   * Returns the decay to use after an update.
   *
   * @param updates number of updates made before, at least 0
   */
  public double at(long updates) {
    return warmUp == WarmUp.NONE ? decay : Math.min(decay, (1.0 + updates) / (10.0 + updates));
  }
}
