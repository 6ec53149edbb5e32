package org.tim4j.objective.interval;

import org.tim4j.layers.base.InvalidInputException;

/** Map applied to both times before the interval is weighted. */
public enum TimeWarp {
  /** {@code u = t}. */
  NONE {
    @Override
    double of(double t) {
      return t;
    }
  },
  /** {@code u = tan(t)}; for times below π/2. */
  TANGENT {
    @Override
    double of(double t) {
      requireBelow(t, Math.PI / 2);
      return Math.tan(t);
    }
  },
  /** {@code u = t / (1 - t)}, which undoes a logistic law; for times below 1. */
  SIGMOID {
    @Override
    double of(double t) {
      requireBelow(t, 1);
      return t / (1 - t);
    }
  };

  /**
   * Returns the warped time.
   *
   * @throws InvalidInputException if the time is too large for this warp
   */
  abstract double of(double t);

  void requireBelow(double t, double limit) {
    if (!(t < limit)) {
      throw new InvalidInputException(
          "time "
              + t
              + " cannot be weighted with the "
              + this
              + " warp, which needs times below "
              + limit
              + "; choose another warp for this transport");
    }
  }
}
