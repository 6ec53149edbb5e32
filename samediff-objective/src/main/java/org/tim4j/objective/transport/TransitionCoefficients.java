package org.tim4j.objective.transport;

/**
 * The transition from time t to time r: {@code x_r = a · x_t + b · f(x_t, t, r)}.
 *
 * @param a factor of the state; 1 when r = t
 * @param b factor of the prediction; 0 when r = t
 * @param q {@code b / (∂b/∂t)}, the weight of the time derivative in the training target; 0 when r
 *     = t
 */
public record TransitionCoefficients(double a, double b, double q) {
  /** The transition from a time to itself. */
  public static final TransitionCoefficients IDENTITY = new TransitionCoefficients(1, 0, 0);
}
