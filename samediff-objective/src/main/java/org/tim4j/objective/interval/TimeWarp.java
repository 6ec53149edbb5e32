package org.tim4j.objective.interval;

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
      return Math.tan(t);
    }
  },
  /** {@code u = t / (1 - t)}, which undoes a logistic law; for times up to 1. */
  SIGMOID {
    @Override
    double of(double t) {
      return t / (1 - t);
    }
  };

  abstract double of(double t);
}
