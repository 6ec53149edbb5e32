package org.tim4j.objective.sampling;

/** Hears of the progress of a sampler. */
@FunctionalInterface
public interface SamplingListener {
  /**
   * Called after each step.
   *
   * @param done number of finished steps, from 1
   * @param steps number of all steps
   */
  void stepDone(int done, int steps);
}
