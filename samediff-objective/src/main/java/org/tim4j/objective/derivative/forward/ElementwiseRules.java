package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
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

  private ElementwiseRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    exponentials(rules);
    powers(rules);
    trigonometry(rules);
    return rules;
  }

  private static void exponentials(Map<String, TangentRule> rules) {
    rules.put("exp", ofOutput(y -> y));
    rules.put("expm1", ofOutput(y -> y.add(1)));
    rules.put("log", o -> List.of(o.tangent(0).dividedBy(o.input(0))));
    rules.put("log1p", o -> List.of(o.tangent(0).dividedBy(o.input(0).add(1))));
    // log to the base b: 1/(x ln b).
    rules.put(
        "log_x",
        o -> {
          double base = ((ScalarOp) o.function()).scalar().getDouble(0);
          return List.of(o.tangent(0).dividedBy(o.input(0).mul(Math.log(base))));
        });
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
    rules.put("asinh", o -> List.of(overRoot(o, 1)));
    rules.put("acosh", o -> List.of(overRoot(o, -1)));
    rules.put("atanh", o -> List.of(o.tangent(0).dividedBy(o.input(0).mul(o.input(0)).rsub(1))));
    rules.put("atan", o -> List.of(o.tangent(0).dividedBy(o.input(0).mul(o.input(0)).add(1))));
  }

  static TangentRule ofInput(UnaryOperator<SDVariable> derivative) {
    return o -> List.of(o.tangent(0).times(derivative.apply(o.input(0))));
  }

  static TangentRule ofOutput(UnaryOperator<SDVariable> derivative) {
    return o -> List.of(o.tangent(0).times(derivative.apply(o.output())));
  }

  /** 2/√π exp(−x²), the derivative of the error function. */
  private static SDVariable gaussian(SDVariable x) {
    return x.getSameDiff().math.exp(x.mul(x).neg()).mul(TWO_OVER_SQRT_PI);
  }

  private static Tangent overRoot(Operation o, double added) {
    SDVariable square = o.input(0).mul(o.input(0));
    return o.tangent(0).dividedBy(o.graph().math.sqrt(square.add(added)));
  }

  /** √(1 − x²). */
  private static SDVariable cosineOfArcsine(Operation o) {
    return o.graph().math.sqrt(o.input(0).mul(o.input(0)).rsub(1));
  }
}
