package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;

/**
 * Reductions along axes that are not linear. With Σ for the sum along the reduced axes the rules
 * are written above each function.
 */
final class ReductionRules {
  private ReductionRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    // y = Σ x²: 2 Σ x ẋ
    rules.put("reduce_sqnorm", o -> List.of(weightedSum(o, o.input(0).mul(2))));
    // y = (Σ x²)^½: Σ x ẋ / y
    rules.put("reduce_norm2", o -> List.of(ofRoot(o, weightedSum(o, o.input(0)), 1)));
    // y = Σ |x|: Σ sign(x) ẋ
    for (String name : List.of("reduce_norm1", "asum")) {
      rules.put(name, o -> List.of(weightedSum(o, sign(o))));
    }
    rules.put(
        "amean", o -> List.of(o.tangent(0).map(v -> AxisReduction.of(o).mean(v.mul(sign(o))))));
    rules.put("reduce_logsumexp", o -> List.of(logSumExp(o)));
    rules.put(
        "reduce_prod",
        o -> List.of(o.tangent(0).map(v -> AxisReduction.of(o).productTangent(o.input(0), v))));
    for (String name : List.of("reduce_max", "reduce_min")) {
      rules.put(name, o -> List.of(extremum(o, o.input(0), null)));
    }
    for (String name : List.of("amax", "amin", "reduce_normmax")) {
      rules.put(name, o -> List.of(extremum(o, o.graph().math.abs(o.input(0)), sign(o))));
    }
    rules.put("moments", ReductionRules::moments);
    rules.put("normalize_moments", ReductionRules::normalizeMoments);
    rules.put("var", o -> List.of(variance(o)));
    // y = v^½: v̇ / (2 y)
    rules.put("std", o -> List.of(ofRoot(o, variance(o), 2)));
    return rules;
  }

  private static SDVariable sign(Operation o) {
    return o.graph().math.sign(o.input(0));
  }

  private static Tangent weightedSum(Operation o, SDVariable weights) {
    return o.tangent(0).map(v -> AxisReduction.of(o).sum(v.mul(weights)));
  }

  /**
   * tangent / (factor y), and 0 where the root y is: a norm or a standard deviation has its minimum
   * there.
   */
  private static Tangent ofRoot(Operation o, Tangent tangent, double factor) {
    SDVariable flat = SelectionRules.indicator(o.output().eq(0), o);
    return tangent.map(v -> v.div(o.output().mul(factor).add(flat)).mul(flat.rsub(1)));
  }

  /** y = ln Σ exp(x): Σ exp(x − y) ẋ. */
  private static Tangent logSumExp(Operation o) {
    AxisReduction axes = AxisReduction.of(o);
    return weightedSum(o, o.graph().math.exp(o.input(0).sub(axes.expand(o.output(), o.input(0)))));
  }

  /**
   * y = max or min of x, or of |x|: the tangent of the element that is chosen, the first in
   * row-major order where several are equal, as SameDiff's gradient has it.
   *
   * @param slope derivative of {@code compared} by x; null for 1
   */
  private static Tangent extremum(Operation o, SDVariable compared, SDVariable slope) {
    AxisReduction axes = AxisReduction.of(o);
    SDVariable y = axes.expand(o.output(), o.input(0));
    SDVariable chosen = axes.first(SelectionRules.indicator(compared.eq(y), o));
    return weightedSum(o, slope == null ? chosen : chosen.mul(slope));
  }

  /** v = Σ (x − m)² / d, with m the mean and d = n or n − 1: 2 Σ (x − m) ẋ / d. */
  private static Tangent variance(Operation o) {
    AxisReduction axes = AxisReduction.of(o);
    SDVariable x = o.input(0);
    SDVariable centred = x.sub(axes.keepingDimensions().mean(x));
    SDVariable count = axes.sum(o.graph().onesLike(x));
    SDVariable divisor = ((Variance) o.function()).isBiasCorrected() ? count.sub(1) : count;
    return weightedSum(o, centred.mul(2)).dividedBy(divisor);
  }

  /** Outputs are the mean and the variance of n, not n − 1. */
  private static List<Tangent> moments(Operation o) {
    AxisReduction axes = AxisReduction.of(o);
    SDVariable x = o.input(0);
    SDVariable centred = x.sub(axes.keepingDimensions().mean(x));
    return List.of(
        o.tangent(0).map(axes::mean), o.tangent(0).map(v -> axes.mean(v.mul(centred)).mul(2)));
  }

  /**
   * From a count n, a sum s and a sum of squares q: the mean s/n + shift and the variance q/n −
   * (s/n)².
   */
  private static List<Tangent> normalizeMoments(Operation o) {
    SDVariable mean = o.input(1).div(o.input(0));
    SDVariable variance = o.input(2).div(o.input(0)).sub(mean.mul(mean));
    return List.of(o.tangentOf(mean), o.tangentOf(variance));
  }
}
