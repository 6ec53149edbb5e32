package org.tim4j.objective.loss;

/** Scale of each sample's distance in the loss; a constant for the gradient. */
public enum SampleScale {
  /** {@code 1 / (distance + 1e-5)}: every sample counts alike whatever its distance. */
  ADAPTIVE {
    @Override
    public double of(double distance) {
      return 1 / (distance + ADAPTIVE_OFFSET);
    }
  },
  /** 1: the plain mean of the distances. */
  NONE {
    @Override
    public double of(double distance) {
      return 1;
    }
  };

  private static final double ADAPTIVE_OFFSET = 1e-5;

  /** Returns the scale of a sample of the given distance. */
  public abstract double of(double distance);
}
