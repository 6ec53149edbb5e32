package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** Sums, products and quotients of two variables that broadcast, or of a variable and a number. */
final class ArithmeticRules {
  private ArithmeticRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    rules.put("add", o -> sum(o, o.tangent(0), o.tangent(1)));
    rules.put("subtract", o -> sum(o, o.tangent(0), o.tangent(1).negated()));
    rules.put("reversesubtract", o -> sum(o, o.tangent(0).negated(), o.tangent(1)));
    rules.put("multiply", o -> product(o, o.input(0), o.input(1)));
    for (String name : List.of("divide", "realdiv")) {
      rules.put(name, o -> quotient(o, o.tangent(0), o.tangent(1), o.input(1)));
    }
    rules.put("reversedivide", o -> quotient(o, o.tangent(1), o.tangent(0), o.input(0)));
    // (a - b)² has the tangent 2 (a - b) (ȧ - ḃ).
    rules.put(
        "squaredsubtract",
        o -> {
          SDVariable difference = o.input(0).sub(o.input(1)).mul(2);
          return List.of(o.tangent(0).minus(o.tangent(1)).times(difference));
        });
    // a - b floor(a/b), and with the quotient cut towards 0.
    rules.put("floormod", o -> List.of(remainder(o, o.graph().math.floor(quotient(o)))));
    rules.put("mod", o -> List.of(remainder(o, towardsZero(o))));
    rules.put("fmod_scalar", o -> List.of(o.tangent(0)));
    rules.put("cross", ArithmeticRules::cross);
    rules.put("Pow", ArithmeticRules::power);
    rules.put("tf_atan2", ArithmeticRules::angle);

    for (String name : List.of("add_scalar", "sub_scalar")) {
      rules.put(name, o -> List.of(o.tangent(0)));
    }
    rules.put("rsub_scalar", o -> List.of(o.tangent(0).negated()));
    // s/x has the tangent -(s/x) ẋ/x.
    rules.put(
        "rdiv_scalar",
        o -> List.of(o.tangent(0).times(o.output()).dividedBy(o.input(0)).negated()));
    return rules;
  }

  private static List<Tangent> sum(Operation o, Tangent first, Tangent second) {
    if (second.isZero()) {
      return List.of(o.broadcastToOutput(first, o.input(1)));
    }
    if (first.isZero()) {
      return List.of(o.broadcastToOutput(second, o.input(0)));
    }
    return List.of(first.plus(second));
  }

  private static List<Tangent> product(Operation o, SDVariable a, SDVariable b) {
    return List.of(o.tangent(0).times(b).plus(o.tangent(1).times(a)));
  }

  private static SDVariable quotient(Operation o) {
    return o.input(0).div(o.input(1));
  }

  private static SDVariable towardsZero(Operation o) {
    SDVariable quotient = quotient(o);
    SDVariable size = o.graph().math.floor(o.graph().math.abs(quotient));
    return size.mul(o.graph().math.sign(quotient));
  }

  private static Tangent remainder(Operation o, SDVariable wholeQuotient) {
    return o.tangent(0).minus(o.tangent(1).times(wholeQuotient));
  }

  /** a × b has the tangent ȧ × b + a × ḃ. */
  private static List<Tangent> cross(Operation o) {
    return List.of(
        o.tangent(0)
            .map(v -> o.graph().math.cross(v, o.input(1)))
            .plus(o.tangent(1).map(v -> o.graph().math.cross(o.input(0), v))));
  }

  /** y = n/d has the tangent (ṅ − y ḋ)/d. */
  private static List<Tangent> quotient(Operation o, Tangent top, Tangent bottom, SDVariable d) {
    return List.of(top.minus(bottom.times(o.output())).dividedBy(d));
  }

  /**
   * y = aᵇ has the tangent b aᵇ⁻¹ ȧ + y ln(a) ḃ. The first term is 0 where b or ȧ is, also at a =
   * 0. The second is 0 for a ≤ 0: its limit at a = 0 for b &gt; 0, and SameDiff's choice below,
   * where aᵇ has no derivative by b.
   */
  private static List<Tangent> power(Operation o) {
    return List.of(
        o.tangent(0).map(v -> byBase(o, v)).plus(o.tangent(1).map(v -> byExponent(o, v))));
  }

  private static SDVariable byBase(Operation o, SDVariable tangent) {
    SDVariable a = o.input(0);
    SDVariable b = o.input(1);
    SDVariable still = SelectionRules.indicator(b.mul(tangent).eq(0), o);
    SDVariable base = a.add(still.mul(SelectionRules.indicator(a.eq(0), o)));
    return o.graph().math.pow(base, b.sub(1)).mul(b).mul(tangent);
  }

  private static SDVariable byExponent(Operation o, SDVariable tangent) {
    SDVariable a = o.input(0);
    SDVariable positive = SelectionRules.indicator(a.gt(0), o);
    SDVariable logarithm = o.graph().math.log(a.mul(positive).add(positive.rsub(1)));
    return o.output().mul(logarithm).mul(tangent);
  }

  /**
   * The angle of the point (x, y) has the tangent (x ẏ − y ẋ)/(x² + y²), and 0 at the origin;
   * inputs are y, x.
   */
  private static List<Tangent> angle(Operation o) {
    SDVariable y = o.input(0);
    SDVariable x = o.input(1);
    SDVariable squaredRadius = x.mul(x).add(y.mul(y));
    return List.of(o.tangent(0).times(x).minus(o.tangent(1).times(y)).dividedBy(squaredRadius));
  }
}
