package org.tim4j.objective.transport;

import org.tim4j.layers.base.Require;

/** Times of a sampler, from first to last, both ends exact. */
public final class TimeGrid {
  private TimeGrid() {}

  /**
   * Returns {@code steps + 1} equally spaced times.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if {@code steps} is below 1 or an end not
   *     finite
   */
  public static double[] linear(double first, double last, int steps) {
    Require.atLeast("the number of steps", steps, 1);
    Require.finite("the first time", first);
    Require.finite("the last time", last);
    double[] times = new double[steps + 1];
    double step = (last - first) / steps;
    for (int i = 0; i <= steps; i++) {
      // Counting from the nearer end keeps both ends exact.
      times[i] = 2 * i <= steps ? first + step * i : last - step * (steps - i);
    }
    return times;
  }

  /**
   * Returns {@code steps + 1} times with equally spaced logarithms.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if {@code steps} is below 1 or an end not
   *     above 0
   */
  public static double[] logarithmic(double first, double last, int steps) {
    Require.positive("the first time", first);
    Require.positive("the last time", last);
    double[] times = linear(Math.log(first), Math.log(last), steps);
    for (int i = 0; i <= steps; i++) {
      times[i] = Math.exp(times[i]);
    }
    times[0] = first;
    times[steps] = last;
    return times;
  }
}
