package org.tim4j.objective.interval;

/** How the weight falls with the interval measure δ. */
public enum WeightForm {
  /** {@code (δ + σ_d)^exponent}. */
  POWER,
  /** {@code 1 / (δ² + σ_d²)}. */
  SOFT_MIN_SNR
}
