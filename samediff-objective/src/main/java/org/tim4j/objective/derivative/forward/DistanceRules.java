package org.tim4j.objective.derivative.forward;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/** Distances of two variables and entropies of one, along axes, as what they are made of. */
final class DistanceRules {
  private static final Map<String, BiFunction<Operation, AxisReduction, SDVariable>> FORMULAS =
      Map.ofEntries(
          entry("cosinesimilarity", DistanceRules::cosine),
          entry("cosinedistance", (o, axes) -> cosine(o, axes).rsub(1)),
          entry("euclidean", (o, axes) -> axes.norm(difference(o))),
          entry("manhattan", (o, axes) -> axes.sum(o.graph().math.abs(difference(o)))),
          entry("jaccarddistance", DistanceRules::jaccard),
          entry("entropy", DistanceRules::entropy),
          entry("logentropy", (o, axes) -> o.graph().math.log(entropy(o, axes))),
          entry("shannonentropy", (o, axes) -> entropy(o, axes).div(Math.log(2))));

  private DistanceRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    FORMULAS.forEach(
        (name, formula) ->
            rules.put(name, o -> List.of(o.tangentOf(formula.apply(o, AxisReduction.of(o))))));
    rules.put("hammingdistance", o -> List.of(Tangent.ZERO));
    return rules;
  }

  private static SDVariable difference(Operation o) {
    return o.input(0).sub(o.input(1));
  }

  /** Σ x y / (|x| |y|). */
  private static SDVariable cosine(Operation o, AxisReduction axes) {
    SDVariable norms = axes.norm(o.input(0)).mul(axes.norm(o.input(1)));
    return axes.sum(o.input(0).mul(o.input(1))).div(norms);
  }

  /** 1 − Σ min(x, y) / Σ max(x, y). */
  private static SDVariable jaccard(Operation o, AxisReduction axes) {
    SDVariable common = axes.sum(o.graph().math.min(o.input(0), o.input(1)));
    return common.div(axes.sum(o.graph().math.max(o.input(0), o.input(1)))).rsub(1);
  }

  /** −Σ x ln x. */
  private static SDVariable entropy(Operation o, AxisReduction axes) {
    return axes.sum(o.input(0).mul(o.graph().math.log(o.input(0)))).neg();
  }
}
