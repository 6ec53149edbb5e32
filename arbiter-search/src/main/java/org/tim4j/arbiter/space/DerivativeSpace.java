package org.tim4j.arbiter.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.training.DerivativeSettings;

/** Ways to compute the time derivative of the network. */
public final class DerivativeSpace extends CompositeSpace<DerivativeSettings> {
  private ParameterSpace<DerivativeSettings.Method> method;
  private ParameterSpace<Double> epsilon;

  private DerivativeSpace() {}

  private DerivativeSpace(Builder builder) {
    method = builder.method;
    epsilon = builder.epsilon;
  }

  @Override
  public DerivativeSettings getValue(double[] values) {
    return new DerivativeSettings(
        method.getValue(values), epsilon == null ? null : epsilon.getValue(values));
  }

  /** Collects settings; the finite difference of the transport's safe width until they are set. */
  public static final class Builder {
    private ParameterSpace<DerivativeSettings.Method> method =
        EnumSpace.of(DerivativeSettings.Method.DDE);
    private ParameterSpace<Double> epsilon;

    /** Which derivative. */
    public Builder method(DerivativeSettings.Method value) {
      method = EnumSpace.of(value);
      return this;
    }

    /** Which derivative. */
    public Builder method(ParameterSpace<DerivativeSettings.Method> space) {
      method = EnumSpace.of(DerivativeSettings.Method.class, space);
      return this;
    }

    /** Half width of the finite difference in time, above 0; 0.005 in the paper. */
    public Builder epsilon(double value) {
      return epsilon(new FixedValue<>(value));
    }

    /** Half width of the finite difference in time, above 0; 0.005 in the paper. */
    public Builder epsilon(ParameterSpace<Double> space) {
      epsilon = Require.present("epsilon", space);
      return this;
    }

    /** Returns the space. */
    public DerivativeSpace build() {
      return new DerivativeSpace(this);
    }
  }
}
