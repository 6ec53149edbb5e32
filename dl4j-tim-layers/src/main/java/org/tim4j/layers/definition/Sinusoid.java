package org.tim4j.layers.definition;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.Parameter;

/**
 * The embedding φ of a time: {@code φ(s) = SiLU(e(s)·W1 + b1)·W2 + b2} with the sinusoid {@code
 * e(s) = [cos(s·g₀) … cos(s·g₁₂₇), sin(s·g₀) … sin(s·g₁₂₇)]}, {@code gᵢ = 10000^(−i/128)}.
 *
 * <p>The time is taken as it is, after {@code c_noise}; it may be negative. Parameters are {@code
 * prefix + W1, b1, W2, b2}.
 */
public record Sinusoid(String prefix, long hidden) {
  /** Returns the parameters, both matrices drawn from the given distribution. */
  public List<Parameter> parameters(InitialValue initial) {
    return Stream.concat(
            first().parameters(initial).stream(), second().parameters(initial).stream())
        .toList();
  }

  /** Returns the parameters, both matrices drawn from Glorot's distribution. */
  public List<Parameter> parameters() {
    return Stream.concat(first().parameters().stream(), second().parameters().stream()).toList();
  }

  private Linear first() {
    return Linear.numbered(prefix, 1, MethodConstants.SINUSOID_WIDTH, hidden);
  }

  private Linear second() {
    return Linear.numbered(prefix, 2, hidden, hidden);
  }

  /** Returns {@code [batch, hidden]} for times {@code [batch, 1]}. */
  public SDVariable define(GraphScope scope, SDVariable time) {
    SDVariable inner = first().define(scope, encode(scope, time));
    return second().define(scope, Silu.define(scope, inner));
  }

  /** Returns the factors g of a time. */
  public static double[] frequencies() {
    double[] frequencies = new double[MethodConstants.SINUSOID_WIDTH / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(MethodConstants.FREQUENCY_BASE, -i / (double) frequencies.length);
    }
    return frequencies;
  }

  /** Returns the sinusoid e, {@code [batch, 256]}. */
  private static SDVariable encode(GraphScope scope, SDVariable time) {
    SDVariable row = scope.constant(Nd4j.createFromArray(new double[][] {frequencies()}));
    SDVariable angles = scope.graph().mmul(time, row);
    return scope
        .graph()
        .concat(1, scope.graph().math().cos(angles), scope.graph().math().sin(angles));
  }
}
