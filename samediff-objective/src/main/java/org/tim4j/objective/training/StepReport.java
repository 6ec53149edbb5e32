package org.tim4j.objective.training;

import java.io.Serializable;

/**
 * What one training step did.
 *
 * @param step the step, counted from 0
 * @param examplesSeen examples seen since the start of training, this step included
 * @param loss weighted loss that was minimised; nearly constant by construction (adaptive weight)
 * @param residual mean distance between prediction and target: the figure to watch
 * @param alignment mean cosine distance of the representation alignment, 0 where there is none
 * @param gradientNorm norm of the gradient before clipping
 * @param seconds wall-clock time of the step
 */
public record StepReport(
    long step,
    long examplesSeen,
    double loss,
    double residual,
    double alignment,
    double gradientNorm,
    double seconds)
    implements Serializable {
  /** Returns the report with another time. */
  public StepReport withSeconds(double value) {
    return new StepReport(step, examplesSeen, loss, residual, alignment, gradientNorm, value);
  }
}
