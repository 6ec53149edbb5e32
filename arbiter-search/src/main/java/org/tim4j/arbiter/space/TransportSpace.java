package org.tim4j.arbiter.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.transport.Transport;

/**
 * Transports: their kind, the law of their training times and the {@code σ_d} that the interval
 * weighting assumes (and that EDM's path is made with). What is not set has the default of
 * whichever transport is drawn.
 */
public final class TransportSpace extends CompositeSpace<Transport> {
  private ParameterSpace<TransportKind> kind;
  private ParameterSpace<Double> timeMean;
  private ParameterSpace<Double> timeStd;
  private ParameterSpace<Double> sigmaData;

  private TransportSpace() {}

  private TransportSpace(Builder builder) {
    kind = builder.kind;
    timeMean = builder.timeMean;
    timeStd = builder.timeStd;
    sigmaData = builder.sigmaData;
  }

  @Override
  public Transport getValue(double[] values) {
    TransportKind drawn = kind.getValue(values);
    return drawn.create(
        timeMean == null ? drawn.timeMean() : timeMean.getValue(values),
        timeStd == null ? drawn.timeStd() : timeStd.getValue(values),
        sigmaData == null ? drawn.sigmaData() : sigmaData.getValue(values));
  }

  /** Collects settings; the kind is optimal-transport flow matching until it is set. */
  public static final class Builder {
    private ParameterSpace<TransportKind> kind = EnumSpace.of(TransportKind.OT_FM);
    private ParameterSpace<Double> timeMean;
    private ParameterSpace<Double> timeStd;
    private ParameterSpace<Double> sigmaData;

    /** Which transport. */
    public Builder kind(TransportKind value) {
      kind = EnumSpace.of(value);
      return this;
    }

    /** Which transport. */
    public Builder kind(ParameterSpace<TransportKind> space) {
      kind = EnumSpace.of(TransportKind.class, space);
      return this;
    }

    /** The paper's P_mean: mean of the normal number that a training time is made from. */
    public Builder timeMean(double value) {
      return timeMean(new FixedValue<>(value));
    }

    /** The paper's P_mean: mean of the normal number that a training time is made from. */
    public Builder timeMean(ParameterSpace<Double> space) {
      timeMean = Require.present("timeMean", space);
      return this;
    }

    /** The paper's P_std: deviation of the normal number that a training time is made from. */
    public Builder timeStd(double value) {
      return timeStd(new FixedValue<>(value));
    }

    /** The paper's P_std: deviation of the normal number that a training time is made from. */
    public Builder timeStd(ParameterSpace<Double> space) {
      timeStd = Require.present("timeStd", space);
      return this;
    }

    /** Standard deviation σ_d of the data, above 0. */
    public Builder sigmaData(double value) {
      return sigmaData(new FixedValue<>(value));
    }

    /** Standard deviation σ_d of the data, above 0. */
    public Builder sigmaData(ParameterSpace<Double> space) {
      sigmaData = Require.present("sigmaData", space);
      return this;
    }

    /** Returns the space. */
    public TransportSpace build() {
      return new TransportSpace(this);
    }
  }
}
