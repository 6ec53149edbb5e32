package org.tim4j.objective.derivative;

import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.transport.Transport;

/**
 * Times and weights of a first derivative of second order at one time of one sample.
 *
 * @param sample index of the sample in its batch
 * @param times where the function is evaluated
 * @param weights factors of the values at {@code times}
 */
record Stencil(int sample, double[] times, double[] weights) {
  static Stencil at(int sample, double t, double epsilon, Transport transport) {
    if (transport.isDefinedAt(t) && epsilon > 0) {
      double half = 1 / (2 * epsilon);
      boolean below = transport.isDefinedAt(t - epsilon);
      boolean above = transport.isDefinedAt(t + epsilon);
      if (below && above) {
        return new Stencil(
            sample, new double[] {t + epsilon, t - epsilon}, new double[] {half, -half});
      }
      if (above && transport.isDefinedAt(t + 2 * epsilon)) {
        return new Stencil(
            sample,
            new double[] {t, t + epsilon, t + 2 * epsilon},
            new double[] {-3 * half, 4 * half, -half});
      }
      if (below && transport.isDefinedAt(t - 2 * epsilon)) {
        return new Stencil(
            sample,
            new double[] {t, t - epsilon, t - 2 * epsilon},
            new double[] {3 * half, -4 * half, half});
      }
    }
    throw new InvalidInputException(
        String.format(
            Locale.ROOT,
            "no difference of half width %s fits at t = %s of sample %d, where %s is defined on"
                + " neither side; choose a smaller epsilon",
            epsilon,
            t,
            sample,
            transport.name()));
  }
}
