package org.tim4j.objective.derivative.forward;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.DotProductAttention;

/** SameDiff's fused dot-product attention. */
final class AttentionRules {
  private AttentionRules() {}

  static Map<String, TangentRule> rules() {
    return Map.of("dot_product_attention", AttentionRules::dotProduct);
  }

  /**
   * Attention o = v W with W = softmax(S) along the keys and S = kᵀ q (divided by the root of the
   * feature size if the operation scales). The tangents are Ṡ = k̇ᵀ q + kᵀ q̇, Ẇ = W (Ṡ − Σ W Ṡ)
   * and ȯ = v̇ W + v Ẇ.
   *
   * <p>Shapes: q [..., features, queries], k [..., features, keys], v [..., values, keys], W [...,
   * keys, queries]. A mask changes W only, which the operation itself returns.
   */
  private static List<Tangent> dotProduct(Operation o) {
    SameDiff graph = o.graph();
    SDVariable q = o.input(0);
    SDVariable k = o.input(1);
    SDVariable v = o.input(2);
    boolean scaled = ((CustomOp) o.function()).iArgs()[0] != 0;
    SDVariable weights = weights(o, scaled);
    Tangent scores =
        o.tangent(0)
            .map(t -> graph.mmul(k, t, true, false, false))
            .plus(o.tangent(1).map(t -> graph.mmul(t, q, true, false, false)));
    if (scaled) {
      SDVariable features = graph.sizeAt(q, -2).castTo(q.dataType());
      scores = scores.dividedBy(graph.math.sqrt(features));
    }
    AxisReduction alongKeys = AxisReduction.keeping(graph, -2);
    Tangent weightsTangent = scores.map(s -> s.sub(alongKeys.sum(s.mul(weights))).mul(weights));
    Tangent output =
        o.tangent(2)
            .map(t -> graph.mmul(t, weights))
            .plus(weightsTangent.map(t -> graph.mmul(v, t)));
    return o.outputs().size() == 1 ? List.of(output) : List.of(output, weightsTangent);
  }

  private static SDVariable weights(Operation o, boolean scaled) {
    if (o.outputs().size() == 2) {
      return o.outputs().get(1);
    }
    SDVariable mask = o.inputCount() > 3 ? o.input(3) : null;
    return new DotProductAttention(
            o.graph(), o.input(0), o.input(1), o.input(2), mask, scaled, true)
        .outputVariables()[1];
  }
}
