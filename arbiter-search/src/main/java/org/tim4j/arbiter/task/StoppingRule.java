package org.tim4j.arbiter.task;

import java.util.List;
import org.tim4j.arbiter.candidate.CurvePoint;

/** Decides whether a candidate is worth the rest of its budget. */
@FunctionalInterface
public interface StoppingRule {
  /** Trains every candidate to the end. */
  StoppingRule NEVER = (curve, others) -> false;

  /**
   * Whether to give a candidate up.
   *
   * @param curve its scores so far, lower is better; at least one
   * @param others the curves of the candidates that ended under the same budget, failures not
   *     counted
   */
  boolean stops(List<CurvePoint> curve, List<List<CurvePoint>> others);
}
