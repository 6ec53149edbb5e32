package org.tim4j.objective.reference;

import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.TransitionCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * A transport between two given times: those of the authors' code are settings.
 *
 * @param inner everything else
 * @param tMin smallest time
 * @param tMax largest time
 */
record BoundedTransport(Transport inner, double tMin, double tMax) implements Transport {
  /** Returns a transport as it is if it has these times already. */
  static Transport of(Transport transport, double tMin, double tMax) {
    if (!(tMin < tMax)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT, "T_min is %s and T_max %s; the first must be smaller", tMin, tMax));
    }
    return transport.tMin() == tMin && transport.tMax() == tMax
        ? transport
        : new BoundedTransport(transport, tMin, tMax);
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public PathCoefficients path(double t) {
    return inner.path(t);
  }

  @Override
  public PredictionCoefficients prediction(double t) {
    return inner.prediction(t);
  }

  @Override
  public TransitionCoefficients transition(double t, double r) {
    return inner.transition(t, r);
  }

  @Override
  public double cNoise(double t) {
    return inner.cNoise(t);
  }

  @Override
  public double dCNoise(double t) {
    return inner.dCNoise(t);
  }

  @Override
  public double sigmaData() {
    return inner.sigmaData();
  }

  @Override
  public double priorScale() {
    return inner.priorScale();
  }

  @Override
  public double dataScale() {
    return inner.dataScale();
  }

  @Override
  public TimeLaw timeLaw() {
    return inner.timeLaw();
  }

  @Override
  public boolean isDefinedAt(double t) {
    return inner.isDefinedAt(t);
  }

  @Override
  public double safeEpsilon(double t) {
    return inner.safeEpsilon(t);
  }

  @Override
  public INDArray stochasticTransit(
      INDArray xt, INDArray f, double[] t, double[] r, double ratio, INDArray noise) {
    return inner.stochasticTransit(xt, f, t, r, ratio, noise);
  }
}
