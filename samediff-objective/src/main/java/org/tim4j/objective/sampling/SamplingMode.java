package org.tim4j.objective.sampling;

/** The target time that the network is asked about. */
public enum SamplingMode {
  /** The next time of the list: one exact transition for each step. */
  TRANSITION,
  /** The current time: the instantaneous velocity, as in plain diffusion sampling. */
  DIFFUSION
}
