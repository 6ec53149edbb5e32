package org.tim4j.objective.sampling;

import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * Classifier-free guidance within an interval of times: {@code f = f_null + scale (f_condition -
 * f_null)} where {@code low · tMax < t < high · tMax}, both bounds excluded. A step from {@code
 * tMax} itself is therefore never guided.
 *
 * @param scale at least 1, which is no guidance
 * @param low lower bound as a part of the transport's largest time, within [0, 1]
 * @param high upper bound as a part of the transport's largest time, within [low, 1]
 */
public record Guidance(double scale, double low, double high) {
  /**
   * @throws InvalidInputException if a number is out of range
   */
  public Guidance {
    Require.between("scale of the guidance", scale, 1, Double.MAX_VALUE);
    Require.between("low of the guidance", low, 0, 1);
    Require.between("high of the guidance", high, low, 1);
  }

  /** Returns guidance of all steps but the first. */
  public static Guidance of(double scale) {
    return new Guidance(scale, 0, 1);
  }

  boolean appliesAt(double t, double tMax) {
    return scale > 1 && low * tMax < t && t < high * tMax;
  }
}
