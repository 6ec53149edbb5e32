package org.tim4j.objective.interval;

/** The quantity δ that the weight of an interval depends on. */
public enum IntervalMeasure {
  /** {@code δ = warp(t) - warp(r)}. */
  T_MINUS_R,
  /** {@code δ = warp(t)}. */
  T
}
