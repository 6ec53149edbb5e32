package org.tim4j.arbiter.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.AdamWSettings;

/**
 * Settings of AdamW. What is left alone is as published, unlike in Arbiter's {@code
 * AdamSpace.withLR}, which takes the learning rate for the decays and the epsilon too.
 */
public final class AdamWSpace extends CompositeSpace<AdamWSettings> {
  private ParameterSpace<Double> learningRate;
  private ParameterSpace<Double> beta1;
  private ParameterSpace<Double> beta2;
  private ParameterSpace<Double> epsilon;
  private ParameterSpace<Double> weightDecay;
  private ParameterSpace<Double> clipNorm;

  private AdamWSpace() {}

  private AdamWSpace(Builder builder) {
    learningRate = builder.learningRate;
    beta1 = builder.beta1;
    beta2 = builder.beta2;
    epsilon = builder.epsilon;
    weightDecay = builder.weightDecay;
    clipNorm = builder.clipNorm;
  }

  @Override
  public AdamWSettings getValue(double[] values) {
    return new AdamWSettings(
        learningRate.getValue(values),
        beta1.getValue(values),
        beta2.getValue(values),
        epsilon.getValue(values),
        weightDecay.getValue(values),
        clipNorm.getValue(values));
  }

  /** Collects settings; each is as published until it is set. */
  public static final class Builder {
    private ParameterSpace<Double> learningRate;
    private ParameterSpace<Double> beta1;
    private ParameterSpace<Double> beta2;
    private ParameterSpace<Double> epsilon;
    private ParameterSpace<Double> weightDecay;
    private ParameterSpace<Double> clipNorm;

    /** Starts from the published settings. */
    public Builder() {
      this(AdamWSettings.published());
    }

    /** Starts from given settings. */
    public Builder(AdamWSettings start) {
      learningRate(start.learningRate());
      beta1(start.beta1());
      beta2(start.beta2());
      epsilon(start.epsilon());
      weightDecay(start.weightDecay());
      clipNorm(start.clipNorm());
    }

    /** Step size, above 0. */
    public Builder learningRate(double value) {
      return learningRate(new FixedValue<>(value));
    }

    /** Step size, above 0. */
    public Builder learningRate(ParameterSpace<Double> space) {
      learningRate = Require.present("learningRate", space);
      return this;
    }

    /** Decay of the first moment, in [0, 1). */
    public Builder beta1(double value) {
      return beta1(new FixedValue<>(value));
    }

    /** Decay of the first moment, in [0, 1). */
    public Builder beta1(ParameterSpace<Double> space) {
      beta1 = Require.present("beta1", space);
      return this;
    }

    /** Decay of the second moment, in [0, 1). */
    public Builder beta2(double value) {
      return beta2(new FixedValue<>(value));
    }

    /** Decay of the second moment, in [0, 1). */
    public Builder beta2(ParameterSpace<Double> space) {
      beta2 = Require.present("beta2", space);
      return this;
    }

    /** Added to the root of the second moment, above 0. */
    public Builder epsilon(double value) {
      return epsilon(new FixedValue<>(value));
    }

    /** Added to the root of the second moment, above 0. */
    public Builder epsilon(ParameterSpace<Double> space) {
      epsilon = Require.present("epsilon", space);
      return this;
    }

    /** Decoupled decay of all parameters, at least 0. */
    public Builder weightDecay(double value) {
      return weightDecay(new FixedValue<>(value));
    }

    /** Decoupled decay of all parameters, at least 0. */
    public Builder weightDecay(ParameterSpace<Double> space) {
      weightDecay = Require.present("weightDecay", space);
      return this;
    }

    /** Largest norm of the whole gradient, above 0; infinite for no clipping. */
    public Builder clipNorm(double value) {
      return clipNorm(new FixedValue<>(value));
    }

    /** Largest norm of the whole gradient, above 0; infinite for no clipping. */
    public Builder clipNorm(ParameterSpace<Double> space) {
      clipNorm = Require.present("clipNorm", space);
      return this;
    }

    /** Returns the space. */
    public AdamWSpace build() {
      return new AdamWSpace(this);
    }
  }
}
