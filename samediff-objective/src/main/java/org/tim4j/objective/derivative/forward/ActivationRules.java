package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.ElementwiseRules.ofInput;
import static org.tim4j.objective.derivative.forward.ElementwiseRules.ofOutput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/** Activation functions; at a kink SameDiff's own choice is taken. */
final class ActivationRules {
  /** Hendrycks and Gimpel, arXiv 1606.08415; SameDiff holds it in single precision. */
  private static final double GELU_SLOPE = 1.702f;

  /** Klambauer et al. 2017, equation 14. */
  private static final double SELU_ALPHA = 1.6732632423543772848;

  private static final double SELU_SCALE = 1.0507009873554804934;

  private ActivationRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    smooth(rules);
    rectified(rules);
    units(rules);
    return rules;
  }

  private static void smooth(Map<String, TangentRule> rules) {
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
    rules.put("precise_gelu", ofInput(ActivationRules::preciseGeluDerivative));
    // x tanh(softplus(x)), Misra 2019.
    rules.put(
        "mish",
        o -> {
          SDVariable x = o.input(0);
          return List.of(o.tangentOf(x.mul(o.graph().math.tanh(o.graph().nn.softplus(x)))));
        });
    rules.put("rational_tanh", ofInput(ActivationRules::rationalTanhDerivative));
  }

  private static void rectified(Map<String, TangentRule> rules) {
    // max(0, tanh x)
    rules.put(
        "rectified_tanh",
        o -> {
          SDVariable above = SelectionRules.indicator(o.input(0).gt(0), o);
          return List.of(o.tangent(0).times(o.output().mul(o.output()).rsub(1).mul(above)));
        });
    // 0.2 x + 0.5 between 0 and 1
    rules.put(
        "hard_sigmoid",
        o -> {
          SDVariable inside = o.graph().math.abs(o.input(0)).lt(2.5);
          return List.of(o.tangent(0).times(0.2).times(SelectionRules.indicator(inside, o)));
        });
    rules.put(
        "relu",
        o -> {
          double cutoff = ((ScalarOp) o.function()).scalar().getDouble(0);
          return List.of(o.tangent(0).times(SelectionRules.indicator(o.input(0).gt(cutoff), o)));
        });
    rules.put(
        "relu6",
        o -> {
          double cutoff = ((ScalarOp) o.function()).scalar().getDouble(0);
          SDVariable above = SelectionRules.indicator(o.input(0).gt(cutoff), o);
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

  /**
   * The derivative of SameDiff's y = 1.7159 sign(x) (1 − 1/q) with a = |2 x/3| and q = 1 + a + a² +
   * 1.41645 a⁴: 1.7159 (2/3) (1 + 2 a + 4 · 1.41645 a³)/q².
   */
  private static SDVariable rationalTanhDerivative(SDVariable x) {
    SDVariable a = x.getSameDiff().math.abs(x).mul(2.0 / 3);
    SDVariable square = a.mul(a);
    SDVariable q = square.mul(square).mul((double) 1.41645f).add(square).add(a).add(1);
    SDVariable slope = square.mul(a).mul(4 * (double) 1.41645f).add(a.mul(2)).add(1);
    return slope.div(q.mul(q)).mul(1.7159f * 2.0 / 3);
  }
}
