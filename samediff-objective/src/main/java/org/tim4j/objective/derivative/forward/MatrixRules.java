package org.tim4j.objective.derivative.forward;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Determinants, inverses and factors of stacks of square matrices (Giles 2008, section 2.2). */
final class MatrixRules {
  private MatrixRules() {}

  static Map<String, TangentRule> rules() {
    return Map.of(
        "matrix_determinant",
            o -> List.of(o.tangent(0).map(v -> traceOfQuotient(o, v).mul(o.output()))),
        "logdet", o -> List.of(o.tangent(0).map(v -> traceOfQuotient(o, v))),
        "matrix_inverse", o -> List.of(o.tangent(0).map(v -> inverse(o, v))),
        "cholesky", o -> List.of(o.tangent(0).map(v -> cholesky(o, v))),
        "solve", MatrixRules::solve);
  }

  /** tr(A⁻¹ Ȧ), the sum of A⁻ᵀ times Ȧ element by element. */
  private static SDVariable traceOfQuotient(Operation o, SDVariable tangent) {
    SameDiff graph = o.graph();
    SDVariable inverse = graph.math.matrixInverse(o.input(0));
    SDVariable product = graph.mmul(inverse, tangent);
    SDVariable diagonal = graph.linalg.matrixBandPart(product, 0, 0)[0];
    return new AxisReduction(AxisReduction.keeping(graph, -2, -1).axes(), false).sum(diagonal);
  }

  /** B = A⁻¹: −B Ȧ B. */
  private static SDVariable inverse(Operation o, SDVariable tangent) {
    return o.graph().mmul(o.graph().mmul(o.output(), tangent), o.output()).neg();
  }

  /** A = L Lᵀ: L Φ(L⁻¹ Ȧ L⁻ᵀ), where Φ takes the lower triangle and half of the diagonal. */
  private static SDVariable cholesky(Operation o, SDVariable tangent) {
    SameDiff graph = o.graph();
    SDVariable inverse = graph.math.matrixInverse(o.output());
    SDVariable inner = graph.mmul(graph.mmul(inverse, tangent), inverse, false, true, false);
    SDVariable lower = graph.linalg.matrixBandPart(inner, -1, 0)[0];
    SDVariable diagonal = graph.linalg.matrixBandPart(inner, 0, 0)[0];
    return graph.mmul(o.output(), lower.sub(diagonal.mul(0.5)));
  }

  /** A X = B: the solution for Ḃ − Ȧ X. */
  private static List<Tangent> solve(Operation o) {
    Tangent change = o.tangent(0).map(v -> o.graph().mmul(v, o.output()).neg());
    return List.of(o.tangent(1).plus(change).map(v -> o.replay(List.of(o.input(0), v)).get(0)));
  }
}
