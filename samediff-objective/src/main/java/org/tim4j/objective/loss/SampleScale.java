package org.tim4j.objective.loss;

/**
 * Scale of each sample's distance in the loss; a constant for the gradient.
 *
 * <p>A scale that depends on the sample's own distance changes what is learnt: see {@code
 * docs/scale-of-samples.md} of this module.
 */
// Without constant bodies: OLCUT reads an enum back by the class of its constant.
public enum SampleScale {
  /**
   * {@code 1 / (distance + 1e-5)}: every sample counts alike whatever its distance. The prediction
   * that minimises the loss is then not the mean of its targets but lies nearer to where they are
   * dense, by a part of order {@code 1 / dimension}; strongly so below some ten dimensions.
   */
  ADAPTIVE,
  /** 1: the plain mean of the distances, minimised by the mean of the targets. */
  NONE;

  private static final double ADAPTIVE_OFFSET = 1e-5;

  /** Returns the scale of a sample of the given distance. */
  public double of(double distance) {
    return switch (this) {
      case ADAPTIVE -> 1 / (distance + ADAPTIVE_OFFSET);
      case NONE -> 1;
    };
  }
}
