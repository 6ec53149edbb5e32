package org.tim4j.objective.loss;

/** The direction along which the prediction is differentiated in guidance-free training. */
public enum Tangent {
  /** The path of the data and noise at hand, as in the code published with the paper. */
  DATA,
  /**
   * The path that the guided velocity follows, so that the fixed point of training is the flow map
   * of the guided velocity.
   */
  GUIDED
}
