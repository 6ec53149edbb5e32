package org.tim4j.layers.definition;

import org.nd4j.autodiff.samediff.SDVariable;
import org.tim4j.layers.vertex.GraphScope;

/** The activation SiLU(x) = x·sigmoid(x) (Elfwing et al., arXiv 1702.03118, equation 1). */
public final class Silu {
  private Silu() {}

  /**
   * Returns SiLU of every element. It is written out, because the gradient of ND4J's {@code swish}
   * overflows to NaN where e^(2x) does: above 44 in float, above 354 in double.
   */
  public static SDVariable define(GraphScope scope, SDVariable x) {
    return x.mul(scope.graph().nn().sigmoid(x));
  }
}
