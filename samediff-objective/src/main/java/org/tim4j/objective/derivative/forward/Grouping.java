package org.tim4j.objective.derivative.forward;

import org.nd4j.autodiff.samediff.SDVariable;

/** Elements of a variable that are reduced together: along axes, by segment or by scattering. */
interface Grouping {
  /** Returns the sum of each group. */
  SDVariable sum(SDVariable elements);

  /** Returns the product of each group. */
  SDVariable product(SDVariable elements);

  /**
   * The tangent of the product y = Π x of each group: Σ ẋ Π' x, the product over the other
   * elements. Without a zero among them that is y Σ ẋ/x; with exactly one it is that element's ẋ
   * times the product of the rest; with more it is 0.
   */
  default SDVariable productTangent(SDVariable x, SDVariable tangent) {
    SDVariable zero = Tangent.indicator(x.eq(0), x);
    SDVariable oneForZero = x.add(zero);
    SDVariable zeros = sum(zero);
    SDVariable noZero = Tangent.indicator(zeros.eq(0), x);
    SDVariable oneZero = Tangent.indicator(zeros.eq(1), x);
    return sum(tangent.div(oneForZero))
        .mul(noZero)
        .add(sum(tangent.mul(zero)).mul(oneZero))
        .mul(product(oneForZero));
  }
}
