package org.tim4j.objective.derivative.forward;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Operations that change the rows of a variable r by updates u at given numbers i: r[i] ∘ u.
 *
 * <p>A number may occur several times; its updates are then all applied.
 */
final class ScatterRules {
  private ScatterRules() {}

  static Map<String, TangentRule> rules() {
    return Map.of(
        "scatter_mul", ScatterRules::multiply,
        "scatter_div", ScatterRules::divide,
        "scatter_max", ScatterRules::extremum,
        "scatter_min", ScatterRules::extremum);
  }

  /** y = r P with P = Π u: ṙ P + r Ṗ. */
  private static List<Tangent> multiply(Operation o) {
    SDVariable product = updates(o).product(o.input(2));
    return List.of(o.tangent(0).times(product).plus(productTangent(o).times(o.input(0))));
  }

  /** y = r/P: (ṙ − y Ṗ)/P. */
  private static List<Tangent> divide(Operation o) {
    SDVariable product = updates(o).product(o.input(2));
    return List.of(o.tangent(0).minus(productTangent(o).times(o.output())).dividedBy(product));
  }

  private static Tangent productTangent(Operation o) {
    return o.tangent(2).map(v -> updates(o).productTangent(o.input(2), v));
  }

  /** The tangents of what is equal to the extremum, r and updates alike. */
  private static List<Tangent> extremum(Operation o) {
    SDVariable kept = SelectionRules.indicator(o.input(0).eq(o.output()), o);
    SDVariable ofUpdate = o.graph().gather(o.output(), o.input(1), 0);
    SDVariable chosen = SelectionRules.indicator(o.input(2).eq(ofUpdate), o);
    return List.of(
        o.tangent(0).times(kept).plus(o.tangent(2).map(v -> updates(o).sum(v.mul(chosen)))));
  }

  /** Joins the updates of each row; rows without one have the sum 0 and the product 1. */
  private static Grouping updates(Operation o) {
    return new Grouping() {
      @Override
      public SDVariable sum(SDVariable rows) {
        return o.graph().scatterAdd(o.zerosLike(o.input(0)), o.input(1), rows);
      }

      @Override
      public SDVariable product(SDVariable rows) {
        return o.graph().scatterMul(o.graph().onesLike(o.input(0)), o.input(1), rows);
      }
    };
  }
}
