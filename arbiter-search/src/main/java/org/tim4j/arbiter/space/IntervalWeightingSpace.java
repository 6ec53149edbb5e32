package org.tim4j.arbiter.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.interval.IntervalMeasure;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.interval.WeightForm;

/**
 * Weights of an interval in the loss. The paper's weighting is one point of every space whose other
 * settings are left alone: form {@code POWER}, exponent −1/2, warp {@code TANGENT}, measure {@code
 * T_MINUS_R}. The {@code σ_d} of the weight belongs to the transport: see {@link TransportSpace}.
 */
public final class IntervalWeightingSpace extends CompositeSpace<IntervalWeighting> {
  private ParameterSpace<WeightForm> form;
  private ParameterSpace<Double> exponent;
  private ParameterSpace<TimeWarp> warp;
  private ParameterSpace<IntervalMeasure> measure;

  private IntervalWeightingSpace() {}

  private IntervalWeightingSpace(Builder builder) {
    form = builder.form;
    exponent = builder.exponent;
    warp = builder.warp;
    measure = builder.measure;
  }

  @Override
  public IntervalWeighting getValue(double[] values) {
    return new IntervalWeighting(
        form.getValue(values),
        exponent.getValue(values),
        warp.getValue(values),
        measure.getValue(values));
  }

  /** Collects settings; each has the paper's value until it is set. */
  public static final class Builder {
    private ParameterSpace<WeightForm> form;
    private ParameterSpace<Double> exponent;
    private ParameterSpace<TimeWarp> warp;
    private ParameterSpace<IntervalMeasure> measure;

    /** Starts from the paper's weighting. */
    public Builder() {
      this(IntervalWeighting.standard());
    }

    /** Starts from a given weighting. */
    public Builder(IntervalWeighting start) {
      form(start.form()).exponent(start.exponent()).warp(start.warp()).measure(start.measure());
    }

    /** How the weight falls with the interval. */
    public Builder form(WeightForm value) {
      form = EnumSpace.of(value);
      return this;
    }

    /** How the weight falls with the interval. */
    public Builder form(ParameterSpace<WeightForm> space) {
      form = EnumSpace.of(WeightForm.class, space);
      return this;
    }

    /** Exponent of {@link WeightForm#POWER}, any finite number; 0 weights all intervals alike. */
    public Builder exponent(double value) {
      return exponent(new FixedValue<>(value));
    }

    /** Exponent of {@link WeightForm#POWER}, any finite number; 0 weights all intervals alike. */
    public Builder exponent(ParameterSpace<Double> space) {
      exponent = Require.present("exponent", space);
      return this;
    }

    /** Map of both times. */
    public Builder warp(TimeWarp value) {
      warp = EnumSpace.of(value);
      return this;
    }

    /** Map of both times. */
    public Builder warp(ParameterSpace<TimeWarp> space) {
      warp = EnumSpace.of(TimeWarp.class, space);
      return this;
    }

    /** Whether the weight depends on the whole interval or on its start alone. */
    public Builder measure(IntervalMeasure value) {
      measure = EnumSpace.of(value);
      return this;
    }

    /** Whether the weight depends on the whole interval or on its start alone. */
    public Builder measure(ParameterSpace<IntervalMeasure> space) {
      measure = EnumSpace.of(IntervalMeasure.class, space);
      return this;
    }

    /** Returns the space. */
    public IntervalWeightingSpace build() {
      return new IntervalWeightingSpace(this);
    }
  }
}
