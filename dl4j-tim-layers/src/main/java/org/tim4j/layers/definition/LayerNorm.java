package org.tim4j.layers.definition;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.tim4j.layers.base.MethodConstants;
import org.tim4j.layers.vertex.GraphScope;
import org.tim4j.layers.vertex.Parameter;

/**
 * Layer normalisation with gain and bias over the last axis (Ba, Kiros, Hinton, arXiv 1607.06450).
 *
 * @param gain name of the {@code [size]} vector
 * @param bias name of the {@code [size]} vector
 */
public record LayerNorm(String gain, String bias, long size) {
  /** Returns gain and bias. */
  public List<Parameter> parameters() {
    return List.of(Parameter.gain(gain, size), Parameter.bias(bias, size));
  }

  /** Returns a variable of the same shape; {@code axis} is the last. */
  public SDVariable define(GraphScope scope, SDVariable x, int axis) {
    return normalized(scope, x, axis).mul(scope.parameter(gain)).add(scope.parameter(bias));
  }

  /**
   * A single number is its own mean. It is not reduced because ND4J 1.0.0-M2.1 fails to reduce a
   * column {@code [n, 1]} along its second axis in a graph: BaseReduceOp.noOp looks for an array
   * that a graph does not set.
   */
  private SDVariable normalized(GraphScope scope, SDVariable x, int axis) {
    return size == 1 ? x.sub(x) : normalize(scope, x, axis, MethodConstants.AFFINE_EPSILON);
  }

  /** Returns (x − mean) / √(variance + epsilon) along {@code axis}, the variance biased. */
  public static SDVariable normalize(GraphScope scope, SDVariable x, int axis, double epsilon) {
    SDVariable centred = x.sub(x.mean(true, axis));
    SDVariable variance = scope.graph().math().square(centred).mean(true, axis);
    return centred.mul(scope.graph().math().rsqrt(variance.add(epsilon)));
  }

  /**
   * Returns LayerNorm(x)·(1 + scale) + shift, the adaptive normalisation of diffusion transformers
   * (Peebles and Xie, arXiv 2212.09748, section 3.2).
   */
  public static SDVariable modulate(
      GraphScope scope, SDVariable x, int axis, SDVariable shift, SDVariable scale) {
    return normalize(scope, x, axis, MethodConstants.PLAIN_EPSILON).mul(scale.add(1.0)).add(shift);
  }
}
