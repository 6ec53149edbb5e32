package org.tim4j.objective.training;

import org.tim4j.objective.interval.IntervalSampler;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.SampleScale;
import org.tim4j.objective.loss.TransitionLoss;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.TimeLaw;

/** Training methods that are one transition objective with different draws of the interval. */
public enum TrainingMethod {
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
  },
  /**
   * MeanFlow (Geng et al., "Mean flows for one-step generative modeling", 2025): flow matching's
   * path, exact derivative, a quarter of the intervals longer than 0, no weight but the adaptive.
   */
  MEAN_FLOW {
    @Override
    void apply(TrainingConfig.Builder builder) {
      builder
          .transport(new OtFlowMatching(new TimeLaw.LogitNormal(-0.4, 1), 1))
          .intervals(new IntervalSampler(0.75, 0))
          .derivative(new DerivativeSettings(DerivativeSettings.Method.JVP, null))
          .loss(
              new TransitionLoss(
                  IntervalWeighting.constant(), DirectionalPart.NONE, SampleScale.ADAPTIVE));
    }
  };

  /** Sets in {@code builder} what makes the method. */
  abstract void apply(TrainingConfig.Builder builder);
}
