package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/**
 * Functions of one variable that act on each element alone: ẏ = g′(x) ẋ.
 *
 * <p>Derivatives are written in x or in y = g(x), whichever is cheaper. At a kink SameDiff's own
 * choice is taken: 0 for |x| and relu, 1 for the leaky relu. Where the derivative is infinite (√x
 * at 0) so is the tangent, unless ẋ is 0.
 */
final class ElementwiseRules {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  /** Hendrycks and Gimpel, arXiv 1606.08415; SameDiff holds it in single precision. */
  private static final double GELU_SLOPE = 1.702f;

  /** Klambauer et al. 2017, equation 14. */
  private static final double SELU_ALPHA = 1.6732632423543772848;

  private static final double SELU_SCALE = 1.0507009873554804934;

  private ElementwiseRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    exponentials(rules);
    powers(rules);
    trigonometry(rules);
    activations(rules);
    units(rules);
    return rules;
  }

  private static void exponentials(Map<String, TangentRule> rules) {
    rules.put("exp", ofOutput(y -> y));
    rules.put("expm1", ofOutput(y -> y.add(1)));
    rules.put("log", o -> List.of(o.tangent(0).dividedBy(o.input(0))));
    rules.put("log1p", o -> List.of(o.tangent(0).dividedBy(o.input(0).add(1))));
    rules.put("erf", ofInput(ElementwiseRules::gaussian));
    rules.put("erfc", ofInput(x -> gaussian(x).neg()));
  }

  private static void powers(Map<String, TangentRule> rules) {
    rules.put("sqrt", o -> List.of(o.tangent(0).dividedBy(o.output().mul(2))));
    rules.put("rsqrt", ofOutput(y -> y.mul(y).mul(y).mul(-0.5)));
    rules.put("square", ofInput(x -> x.mul(2)));
    rules.put("cube", ofInput(x -> x.mul(x).mul(3)));
    rules.put("Reciprocal", ofOutput(y -> y.mul(y).neg()));
    rules.put(
        "pow",
        o -> {
          double p = ((ScalarOp) o.function()).scalar().getDouble(0);
          return List.of(p == 0 ? Tangent.ZERO : o.tangent(0).map(v -> power(o, p, v)));
        });
    rules.put("abs", ofInput(x -> x.getSameDiff().math.sign(x)));
  }

  /** p xᵖ⁻¹ ẋ, and 0 at x = 0 if ẋ is. */
  private static SDVariable power(Operation o, double p, SDVariable tangent) {
    SDVariable x = o.input(0);
    SDVariable base = x;
    if (p < 1) {
      SDVariable bothZero = SelectionRules.indicator(x.eq(0), o);
      base = x.add(bothZero.mul(SelectionRules.indicator(tangent.eq(0), o)));
    }
    return o.graph().math.pow(base, p - 1).mul(p).mul(tangent);
  }

  private static void trigonometry(Map<String, TangentRule> rules) {
    rules.put("sin", ofInput(x -> x.getSameDiff().math.cos(x)));
    rules.put("cos", ofInput(x -> x.getSameDiff().math.sin(x).neg()));
    rules.put("tan", ofOutput(y -> y.mul(y).add(1)));
    rules.put("sinh", ofInput(x -> x.getSameDiff().math.cosh(x)));
    rules.put("cosh", ofInput(x -> x.getSameDiff().math.sinh(x)));
    rules.put("tanh", ofOutput(y -> y.mul(y).rsub(1)));
    rules.put("asin", o -> List.of(o.tangent(0).dividedBy(cosineOfArcsine(o))));
    rules.put("acos", o -> List.of(o.tangent(0).dividedBy(cosineOfArcsine(o)).negated()));
    rules.put("atan", o -> List.of(o.tangent(0).dividedBy(o.input(0).mul(o.input(0)).add(1))));
  }

  private static void activations(Map<String, TangentRule> rules) {
    rules.put("sigmoid", ofOutput(y -> y.mul(y.rsub(1))));
    rules.put("logsigmoid", ofInput(x -> x.getSameDiff().nn.sigmoid(x.neg())));
    rules.put("softplus", ofInput(x -> x.getSameDiff().nn.sigmoid(x)));
    rules.put("softsign", ofInput(x -> x.getSameDiff().math.abs(x).add(1).pow(-2)));
    // x s(x) has the derivative s + x s (1 - s) = s + y (1 - s), where s is the logistic function.
    rules.put(
        "swish",
        o -> {
          SDVariable s = o.graph().nn.sigmoid(o.input(0));
          return List.of(o.tangent(0).times(s.add(o.output().mul(s.rsub(1)))));
        });
    rules.put("precise_gelu", ofInput(ElementwiseRules::preciseGeluDerivative));
    rules.put(
        "relu",
        o -> {
          double cutoff = ((ScalarOp) o.function()).scalar().getDouble(0);
          return List.of(o.tangent(0).times(SelectionRules.indicator(o.input(0).gt(cutoff), o)));
        });
    rules.put(
        "relu6",
        o -> {
          SDVariable above = SelectionRules.indicator(o.input(0).gt(0), o);
          return List.of(
              o.tangent(0).times(above.mul(SelectionRules.indicator(o.input(0).lte(6), o))));
        });
    rules.put(
        "leakyrelu",
        o -> {
          double slope = ((ScalarOp) o.function()).scalar().getDouble(0);
          SDVariable above = SelectionRules.indicator(o.input(0).gte(0), o);
          return List.of(o.tangent(0).times(above.mul(1 - slope).add(slope)));
        });
  }

  /** Activations of a different form on either side of 0 or of ±1. */
  private static void units(Map<String, TangentRule> rules) {
    // SameDiff's gelu is y = x s(c x): s + c x s (1 - s) = s + c y (1 - s).
    rules.put(
        "gelu",
        o -> {
          SDVariable s = o.graph().nn.sigmoid(o.input(0).mul(GELU_SLOPE));
          return List.of(o.tangent(0).times(s.add(o.output().mul(GELU_SLOPE).mul(s.rsub(1)))));
        });
    rules.put("elu", o -> List.of(exponentialUnit(o, 1, ((CustomOp) o.function()).tArgs()[0])));
    rules.put("selu", o -> List.of(exponentialUnit(o, SELU_SCALE, SELU_SCALE * SELU_ALPHA)));
    rules.put(
        "hardtanh",
        o -> {
          SDVariable inside = o.graph().math.abs(o.input(0)).lte(1);
          return List.of(o.tangent(0).times(SelectionRules.indicator(inside, o)));
        });
  }

  /** y = a x above 0 and b (eˣ − 1) below: a, and b eˣ = y + b. */
  private static Tangent exponentialUnit(Operation o, double a, double b) {
    SDVariable above = SelectionRules.indicator(o.input(0).gt(0), o);
    return o.tangent(0).times(above.mul(a).add(above.rsub(1).mul(o.output().add(b))));
  }

  private static TangentRule ofInput(UnaryOperator<SDVariable> derivative) {
    return o -> List.of(o.tangent(0).times(derivative.apply(o.input(0))));
  }

  private static TangentRule ofOutput(UnaryOperator<SDVariable> derivative) {
    return o -> List.of(o.tangent(0).times(derivative.apply(o.output())));
  }

  /** 2/√π exp(−x²), the derivative of the error function. */
  private static SDVariable gaussian(SDVariable x) {
    return x.getSameDiff().math.exp(x.mul(x).neg()).mul(TWO_OVER_SQRT_PI);
  }

  /**
   * The derivative of what SameDiff computes for this activation, y = x/2 (1 + tanh u) with u =
   * √(2/π) (x + (0.044715 x)³): s + x/2 (1 − tanh² u) u′ with s = (1 + tanh u)/2. (Hendrycks and
   * Gimpel, arXiv 1606.08415, have 0.044715 x³; SameDiff's own gradient is of neither.)
   */
  private static SDVariable preciseGeluDerivative(SDVariable x) {
    SDVariable scaledSquare = x.mul(x).mul(Math.pow(0.044715, 3));
    SDVariable u = scaledSquare.add(1).mul(x).mul(Math.sqrt(2 / Math.PI));
    SDVariable slope = scaledSquare.mul(3).add(1).mul(Math.sqrt(2 / Math.PI));
    SDVariable tanh = x.getSameDiff().math.tanh(u);
    SDVariable curved = tanh.mul(tanh).rsub(1).mul(x).mul(slope);
    return tanh.add(1).add(curved).mul(0.5);
  }

  /** √(1 − x²). */
  private static SDVariable cosineOfArcsine(Operation o) {
    return o.graph().math.sqrt(o.input(0).mul(o.input(0)).rsub(1));
  }
}
