package org.tim4j.objective.training;

import org.tim4j.objective.interval.IntervalSampler;

/** Training methods that are one transition objective with different draws of the interval. */
public enum Method {
  /** Transition Models: every interval, half of them of length 0, a tenth down to the data. */
  TRANSITION {
    @Override
    void apply(TrainingConfig.Builder builder) {
      builder.intervals(IntervalSampler.standard());
    }
  },
  /** Flow matching or diffusion (SiT): every interval has length 0, so no derivative is needed. */
  FLOW_MATCHING {
    @Override
    void apply(TrainingConfig.Builder builder) {
      builder.intervals(new IntervalSampler(1, 0));
    }
  },
  /** Consistency training: every transition ends at the data. */
  CONSISTENCY {
    @Override
    void apply(TrainingConfig.Builder builder) {
      builder.intervals(new IntervalSampler(0, 1));
    }
  };

  /** Sets in {@code builder} what makes the method. */
  abstract void apply(TrainingConfig.Builder builder);
}
