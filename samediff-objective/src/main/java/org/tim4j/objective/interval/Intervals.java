package org.tim4j.objective.interval;

import java.util.Arrays;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * Start and target times of a batch of transitions.
 *
 * @param t one start time for each sample (raw, not through {@code cNoise})
 * @param r one target time for each sample, at most {@code t}
 * @param diffusionCount the first so many samples have {@code r = t}; their time derivative is 0
 *     and their interval weight 1
 */
public record Intervals(double[] t, double[] r, int diffusionCount) {
  /**
   * Copies both lists.
   *
   * @throws InvalidInputException if the lists differ in length, a time is not finite, a target
   *     time lies above its start time, or a diffusion sample has {@code r ≠ t}
   */
  public Intervals {
    Require.present("t", t);
    Require.present("r", r);
    if (t.length != r.length) {
      throw new InvalidInputException(
          "t holds " + t.length + " times and r " + r.length + "; give one of each for a sample");
    }
    Require.between("diffusionCount", diffusionCount, 0, t.length);
    for (int i = 0; i < t.length; i++) {
      Require.finite("t of sample " + i, t[i]);
      Require.finite("r of sample " + i, r[i]);
      if (r[i] > t[i] || (i < diffusionCount && r[i] != t[i])) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "sample %d goes from t = %s to r = %s; r must be %s t",
                i,
                t[i],
                r[i],
                i < diffusionCount ? "equal to" : "at most"));
      }
    }
    t = t.clone();
    r = r.clone();
  }

  /** Number of samples. */
  public int size() {
    return t.length;
  }

  @Override
  public double[] t() {
    return t.clone();
  }

  @Override
  public double[] r() {
    return r.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Intervals that
        && diffusionCount == that.diffusionCount
        && Arrays.equals(t, that.t)
        && Arrays.equals(r, that.r);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(t) + Arrays.hashCode(r)) + diffusionCount;
  }

  @Override
  public String toString() {
    return "Intervals[t="
        + Arrays.toString(t)
        + ", r="
        + Arrays.toString(r)
        + ", diffusionCount="
        + diffusionCount
        + "]";
  }
}
