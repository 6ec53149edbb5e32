package org.tim4j.arbiter.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.register.ObjectiveRegister;
import org.tim4j.objective.training.TrainingJson;
import org.tim4j.objective.transport.Transport;

/**
 * Transports: their kind, the distribution of their training times and the {@code σ_d} that the
 * interval weighting assumes (and that EDM's path is made with). What is not set has the default of
 * whichever transport is drawn.
 */
public final class TransportSpace extends CompositeSpace<Transport> {
  private ParameterSpace<String> kind;
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
    TrainingJson json = new TrainingJson();
    ObjectNode transport =
        json.writePart(ObjectiveRegister.ofClassPath().transport(kind.getValue(values)));
    set(transport, "mean", timeMean, values);
    set(transport, "std", timeStd, values);
    if (!set(transport, "sigmaData", sigmaData, values)) {
      throw new InvalidInputException(
          "the transport " + kind.getValue(values) + " has no setting sigmaData; leave it out");
    }
    return json.readPart(transport, Transport.class);
  }

  /** Sets a number wherever the transport has it; returns whether all is as the space wants. */
  private static boolean set(
      ObjectNode part, String name, ParameterSpace<Double> space, double[] values) {
    if (space == null) {
      return true;
    }
    if (part.has(name)) {
      part.put(name, space.getValue(values));
      return true;
    }
    boolean found = false;
    for (JsonNode nested : part) {
      found |= nested instanceof ObjectNode object && set(object, name, space, values);
    }
    return found;
  }

  /** Collects settings; the kind is optimal-transport flow matching until it is set. */
  public static final class Builder {
    private ParameterSpace<String> kind = new FixedValue<>("OT_FM");
    private ParameterSpace<Double> timeMean;
    private ParameterSpace<Double> timeStd;
    private ParameterSpace<Double> sigmaData;

    /** Name of the transport, see {@link ObjectiveRegister}. */
    public Builder kind(String value) {
      return kind(new FixedValue<>(value));
    }

    /** Name of the transport, see {@link ObjectiveRegister}. */
    public Builder kind(ParameterSpace<String> space) {
      kind = Require.present("kind", space);
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
