package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/**
 * Operations that pass on one of their inputs or the other, and those whose derivative is zero.
 *
 * <p>At a tie {@code maximum} and {@code minimum} pass on the tangents of both operands, as
 * SameDiff's gradient does; a number or a limit that is met lets the variable's pass.
 */
final class SelectionRules {
  private SelectionRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    rules.put("maximum", o -> choose(o, SDVariable::gte));
    rules.put("minimum", o -> choose(o, SDVariable::lte));
    rules.put("max_scalar", o -> pass(o, o.input(0).gte(number(o))));
    rules.put("scalar_min", o -> pass(o, o.input(0).lte(number(o))));
    rules.put(
        "ClipByValue",
        o -> {
          double[] limits = ((CustomOp) o.function()).tArgs();
          SDVariable above = indicator(o.input(0).gte(limits[0]), o);
          SDVariable below = indicator(o.input(0).lte(limits[1]), o);
          return List.of(o.tangent(0).times(above.mul(below)));
        });
    // Elements that meet a condition are replaced by a number, or by those of the other input.
    rules.put("cas", o -> pass(o, o.input(0).eq(o.output())));
    rules.put(
        "car",
        o -> {
          SDVariable kept = indicator(o.input(0).eq(o.output()), o);
          return List.of(o.tangent(0).times(kept).plus(o.tangent(1).times(kept.rsub(1))));
        });
    rules.put("mergemax", SelectionRules::greatest);
    for (String name :
        List.of(
            "floordiv",
            "ismax",
            "stop_gradient",
            "zeroslike",
            "ones_as",
            "onehot",
            "sign",
            "step",
            "floor",
            "ceil",
            "round")) {
      rules.put(name, o -> o.outputs().stream().map(v -> Tangent.ZERO).toList());
    }
    return rules;
  }

  /** Returns a truth value as 1 or 0 in the type of the operation's output. */
  static SDVariable indicator(SDVariable condition, Operation operation) {
    return Tangent.indicator(condition, operation.output());
  }

  /** The tangent of the first of the inputs that are greatest. */
  private static List<Tangent> greatest(Operation o) {
    Tangent result = Tangent.ZERO;
    SDVariable open = o.graph().onesLike(o.output());
    for (int i = 0; i < o.inputCount(); i++) {
      SDVariable chosen = open.mul(indicator(o.input(i).eq(o.output()), o));
      result = result.plus(o.tangent(i).times(chosen));
      open = open.sub(chosen);
    }
    return List.of(result);
  }

  private static double number(Operation o) {
    return ((ScalarOp) o.function()).scalar().getDouble(0);
  }

  private static List<Tangent> pass(Operation o, SDVariable condition) {
    return List.of(o.tangent(0).times(indicator(condition, o)));
  }

  private static List<Tangent> choose(Operation o, BinaryOperator<SDVariable> isChosen) {
    SDVariable first = indicator(isChosen.apply(o.input(0), o.input(1)), o);
    SDVariable second = indicator(isChosen.apply(o.input(1), o.input(0)), o);
    return List.of(o.tangent(0).times(first).plus(o.tangent(1).times(second)));
  }
}
