package org.tim4j.arbiter.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.interval.IntervalSampler;

/**
 * Draws of a batch's intervals. The law that the times themselves follow (the paper's P_mean and
 * P_std) belongs to the transport: see {@link TransportSpace}.
 */
public final class IntervalSamplerSpace extends CompositeSpace<IntervalSampler> {
  private ParameterSpace<Double> diffusionRatio;
  private ParameterSpace<Double> consistencyRatio;

  private IntervalSamplerSpace() {}

  private IntervalSamplerSpace(Builder builder) {
    diffusionRatio = builder.diffusionRatio;
    consistencyRatio = builder.consistencyRatio;
  }

  @Override
  public IntervalSampler getValue(double[] values) {
    return new IntervalSampler(diffusionRatio.getValue(values), consistencyRatio.getValue(values));
  }

  /** Collects settings; each has the paper's value until it is set. */
  public static final class Builder {
    private ParameterSpace<Double> diffusionRatio;
    private ParameterSpace<Double> consistencyRatio;

    /** Starts from the paper's ratios. */
    public Builder() {
      this(IntervalSampler.standard());
    }

    /** Starts from given ratios. */
    public Builder(IntervalSampler start) {
      diffusionRatio(start.diffusionRatio()).consistencyRatio(start.consistencyRatio());
    }

    /** Part of a batch with intervals of length 0, in [0, 1]. */
    public Builder diffusionRatio(double value) {
      return diffusionRatio(new FixedValue<>(value));
    }

    /** Part of a batch with intervals of length 0, in [0, 1]. */
    public Builder diffusionRatio(ParameterSpace<Double> space) {
      diffusionRatio = Require.present("diffusionRatio", space);
      return this;
    }

    /** Part of a batch with intervals down to the data, in [0, 1]; both parts sum to at most 1. */
    public Builder consistencyRatio(double value) {
      return consistencyRatio(new FixedValue<>(value));
    }

    /** Part of a batch with intervals down to the data, in [0, 1]; both parts sum to at most 1. */
    public Builder consistencyRatio(ParameterSpace<Double> space) {
      consistencyRatio = Require.present("consistencyRatio", space);
      return this;
    }

    /** Returns the space. */
    public IntervalSamplerSpace build() {
      return new IntervalSamplerSpace(this);
    }
  }
}
