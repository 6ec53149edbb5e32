package org.tim4j.objective.training;

import org.tim4j.layers.base.Require;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.derivative.ForwardModeDerivative;
import org.tim4j.objective.derivative.TimeDerivative;

/**
 * How the time derivative of the network is computed.
 *
 * @param method finite difference or forward mode
 * @param epsilon half width of the finite difference, positive; null for the width that is safe for
 *     the transport; not used by forward mode
 */
public record DerivativeSettings(Method method, Double epsilon) {
  /** The two ways of the paper. */
  public enum Method {
    /** Differential derivation equation: two more predictions without gradient. */
    DDE,
    /** Exact Jacobian-vector product in forward mode. */
    JVP
  }

  public DerivativeSettings {
    Require.present("the derivative's method", method);
    if (epsilon != null) {
      Require.positive("the derivative's epsilon", epsilon);
    }
  }

  /** The finite difference of the safe width: 0.005, as published, for flow matching. */
  public static DerivativeSettings standard() {
    return new DerivativeSettings(Method.DDE, null);
  }

  /** Makes the derivative for one training run. */
  public TimeDerivative create() {
    return switch (method) {
      case JVP -> new ForwardModeDerivative();
      case DDE ->
          epsilon == null ? FiniteDifference.standard() : FiniteDifference.withEpsilon(epsilon);
    };
  }
}
