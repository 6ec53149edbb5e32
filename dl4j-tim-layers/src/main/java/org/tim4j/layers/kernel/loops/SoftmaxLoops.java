package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.Padding;

/**
 * Softmax over the keys of a tile of scores, which are its rows, and its backward, for every query,
 * which are its columns. The rows of a tile are {@link Padding#spread}, and padded are the rows of
 * numbers for each query.
 */
public interface SoftmaxLoops {
  /**
   * Replaces every score by {@code exp(score − maximum)}.
   *
   * @param maximum largest score so far of each query; raised to the largest of the tile too
   * @param sum filled with the tile's sum for each query
   */
  void exponentiate(Scratch scratch, Matrix scores, float[] maximum, float[] sum);

  /** Multiplies each query's column by a factor. */
  void scale(Scratch scratch, Matrix tile, float[] factor);

  /**
   * Replaces scores by probabilities, {@code exp(score − log)}, and the errors at these by the
   * errors at the scores, {@code probability · (error − delta)}.
   *
   * @param log logarithm of each query's denominator
   * @param delta sum over the keys of probability times error, for each query
   */
  void differentiate(Scratch scratch, Matrix scores, Matrix errors, float[] log, float[] delta);
}
