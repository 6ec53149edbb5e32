package org.tim4j.objective.training;

import org.tim4j.layers.base.TimException;

/**
 * Training met a number that is not finite. The parameters, their average and the optimiser are as
 * they were before the step.
 */
public final class DivergenceException extends TimException {
  private final long step;

  /**
   * @param step the step that failed, counted from 0
   * @param what what was not finite and where
   */
  public DivergenceException(long step, String what) {
    this(step, what, null);
  }

  public DivergenceException(long step, String what, Throwable cause) {
    super(
        "training diverged at step "
            + step
            + ": "
            + what
            + "; lower the learning rate, clip the gradient harder, or use a smaller derivative step",
        cause);
    this.step = step;
  }

  /** The step that failed, counted from 0. */
  public long step() {
    return step;
  }
}
