package org.tim4j.arbiter.task;

import java.util.List;
import org.tim4j.arbiter.candidate.CurvePoint;

/**
 * Decides whether a candidate is worth the rest of its budget. Rules are told apart by what their
 * {@code toString} says, which is right for records.
 */
public interface StoppingRule {
  /**
   * Whether to give a candidate up.
   *
   * @param curve its scores so far, lower is better; at least one
   * @param others the curves of the candidates that ended under the same budget, failures not
   *     counted
   */
  boolean stops(List<CurvePoint> curve, List<List<CurvePoint>> others);

  /** Trains every candidate to the end. */
  record Never() implements StoppingRule {
    @Override
    public boolean stops(List<CurvePoint> curve, List<List<CurvePoint>> others) {
      return false;
    }
  }
}
