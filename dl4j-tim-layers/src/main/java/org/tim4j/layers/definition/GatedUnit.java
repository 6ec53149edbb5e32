package org.tim4j.layers.definition;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.InitialValue;
import org.tim4j.layers.vertex.Parameter;

/**
 * The gated unit SwiGLU (Shazeer, arXiv 2002.05202, equation 6): {@code y = (SiLU(x·Wg + bg) ⊙
 * (x·Wv + bv))·W2 + b2}, all with bias.
 *
 * <p>Parameters are named with a prefix: {@code W1} is [Wg | Wv], {@code [inputs, 2·inner]}; {@code
 * b1} is [bg | bv]; {@code W2} is {@code [inner, outputs]}.
 */
public record GatedUnit(String prefix, long inputs, long inner, long outputs) {

  /** Returns the parameters, both matrices drawn from Glorot's distribution. */
  public List<Parameter> parameters() {
    // Gate and value are two maps that share an array, hence the fan-out of one of them.
    return parameters(InitialValue.xavier(inputs, inner), InitialValue.xavier(inner, outputs));
  }

  /** Returns the parameters, the second matrix 0, so that the unit gives 0 at first. */
  public List<Parameter> parametersWithZeroOutput() {
    return parameters(InitialValue.xavier(inputs, inner), InitialValue.ZERO);
  }

  /** Returns the parameters, the matrices drawn from the given distributions. */
  public List<Parameter> parameters(InitialValue first, InitialValue second) {
    return Stream.concat(first().parameters(first).stream(), second().parameters(second).stream())
        .toList();
  }

  private Linear first() {
    return Linear.numbered(prefix, 1, inputs, 2 * inner);
  }

  private Linear second() {
    return Linear.numbered(prefix, 2, inner, outputs);
  }

  /** Returns {@code [rows, outputs]} for {@code [rows, inputs]}. */
  public SDVariable define(GraphScope scope, SDVariable rows) {
    List<SDVariable> gateAndValue = scope.split(first().define(scope, rows), 2, 2);
    SDVariable gate = Silu.define(scope, gateAndValue.get(0));
    return second().define(scope, gate.mul(gateAndValue.get(1)));
  }
}
