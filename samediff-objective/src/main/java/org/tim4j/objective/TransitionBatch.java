package org.tim4j.objective;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.interval.Intervals;

/**
 * One batch of training transitions; everything random about it has been drawn.
 *
 * @param x data on the scale of the path, {@code [batch, …]}
 * @param noise standard normal, the same shape
 * @param intervals start and target time of each sample
 * @param condition one row for each sample, or null if the network takes none
 */
public record TransitionBatch(INDArray x, INDArray noise, Intervals intervals, INDArray condition) {
  /**
   * @throws InvalidInputException if shapes or the number of samples disagree, or a value of {@code
   *     x} or {@code noise} is not finite
   */
  public TransitionBatch {
    Require.sameShape("x", x, "noise", noise);
    Require.present("intervals", intervals);
    if (intervals.size() != x.size(0)) {
      throw new InvalidInputException(
          "intervals holds "
              + intervals.size()
              + " samples and x "
              + x.size(0)
              + "; give one interval for each sample");
    }
    Require.finite("x", x);
    Require.finite("noise", noise);
    if (condition != null && condition.size(0) != x.size(0)) {
      throw new InvalidInputException(
          "condition has "
              + condition.size(0)
              + " rows for a batch of "
              + x.size(0)
              + "; give one row for each sample");
    }
  }
}
