package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.RuleCase.Domain.INSIDE_ONE;
import static org.tim4j.objective.derivative.forward.RuleCase.Domain.NOT_ZERO;
import static org.tim4j.objective.derivative.forward.RuleCase.Domain.POSITIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** One case for each rule of the rarer functions, distances and matrices. */
final class MathCases {
  private MathCases() {}

  static List<RuleCase> all() {
    return Stream.of(functions(), pairs(), reductions(), matrices()).flatMap(List::stream).toList();
  }

  private static List<RuleCase> functions() {
    return List.of(
        unary("asinh", (g, x) -> g.math.asinh(x)),
        unary("acosh", (g, x) -> g.math.acosh(x.add(1))).on(POSITIVE),
        unary("atanh", (g, x) -> g.math.atanh(x)).on(INSIDE_ONE),
        unary("log to base 2", (g, x) -> g.math.log(x, 2)).on(POSITIVE),
        unary("mish", (g, x) -> new Mish(g, x, false).outputVariable()),
        unary("hard sigmoid", (g, x) -> g.nn.hardSigmoid(x.mul(3))),
        unary("rational tanh", (g, x) -> g.math.rationalTanh(x)).on(NOT_ZERO),
        unary("rectified tanh", (g, x) -> g.math.rectifiedTanh(x)).on(NOT_ZERO),
        unary("relu6 with a cutoff", (g, x) -> g.nn.relu6(x.mul(10), 1.5)).on(NOT_ZERO),
        unary("relu with a cutoff", (g, x) -> g.nn.relu(x, 0.3)),
        unary("floor mod 0.7", (g, x) -> g.scalarFloorMod(x, 0.7)).on(POSITIVE),
        unary("is max", (g, x) -> g.math.isMax(x).castTo(x.dataType()).add(x)),
        unary("replace where", (g, x) -> g.replaceWhere(x, 0.5, Conditions.lessThan(0))),
        unary("clip by norm", (g, x) -> g.math.clipByNorm(x, 1.1)),
        unary("clip by norm, not reached", (g, x) -> g.math.clipByNorm(x, 50)),
        unary("clip by norm along an axis", (g, x) -> g.math.clipByNorm(x, 1.1, 2)));
  }

  private static List<RuleCase> pairs() {
    long[][] same = {{2, 3}, {2, 3}};
    return List.of(
        RuleCase.of("floor mod", (g, x) -> g.math.floorMod(x[0], x[1]), same).on(POSITIVE),
        RuleCase.of("mod", (g, x) -> g.math.mod(x[0], x[1]), same).on(POSITIVE),
        RuleCase.of("floor div", (g, x) -> g.math.floorDiv(x[0], x[1]).add(x[0]), same)
            .on(POSITIVE),
        RuleCase.of("merge max", (g, x) -> g.math.mergeMax(x[0], x[1]), same),
        RuleCase.of("cross", (g, x) -> g.math.cross(x[0], x[1]), same),
        RuleCase.of(
            "replace where by another",
            (g, x) -> g.replaceWhere(x[0], x[1], Conditions.lessThan(0)),
            same));
  }

  private static List<RuleCase> reductions() {
    List<RuleCase> cases = new ArrayList<>();
    for (int[] axes : new int[][] {{}, {1}, {0, 2}}) {
      long[][] same = {{2, 3, 4}, {2, 3, 4}};
      String name = " " + axes.length;
      cases.add(
          RuleCase.of(
              "cosine similarity" + name,
              (g, x) -> g.math.cosineSimilarity(x[0], x[1], axes),
              same));
      cases.add(
          RuleCase.of(
              "cosine distance" + name, (g, x) -> g.math.cosineDistance(x[0], x[1], axes), same));
      cases.add(
          RuleCase.of(
              "euclidean" + name, (g, x) -> g.math.euclideanDistance(x[0], x[1], axes), same));
      cases.add(
          RuleCase.of(
              "manhattan" + name, (g, x) -> g.math.manhattanDistance(x[0], x[1], axes), same));
      cases.add(
          RuleCase.of("jaccard" + name, (g, x) -> g.math.jaccardDistance(x[0], x[1], axes), same)
              .on(POSITIVE));
      cases.add(
          RuleCase.of(
              "hamming" + name,
              (g, x) -> g.math.hammingDistance(x[0], x[1], axes).add(x[0].sum()),
              same));
      cases.add(unary("entropy" + name, (g, x) -> g.math.entropy(x, axes)).on(POSITIVE));
      cases.add(unary("log entropy" + name, (g, x) -> g.math.logEntropy(sigmoid(g, x), axes)));
      cases.add(
          unary("shannon entropy" + name, (g, x) -> g.math.shannonEntropy(sigmoid(g, x), axes)));
    }
    cases.add(
        unary(
            "moments",
            (g, x) -> {
              SDVariable[] moments = g.math.moments(x, new int[] {0, 2}, true);
              return moments[0].mul(2).add(moments[1]);
            }));
    cases.add(
        unary(
            "normalised moments",
            (g, x) -> {
              SDVariable count = g.constant(Nd4j.scalar(6.0));
              SDVariable[] moments =
                  g.math.normalizeMoments(count, x.sum(0), g.math.square(x).sum(0), 0.3);
              return moments[0].mul(2).add(moments[1]);
            }));
    return cases;
  }

  private static SDVariable sigmoid(SameDiff graph, SDVariable x) {
    return graph.nn.sigmoid(x);
  }

  private static List<RuleCase> matrices() {
    long[][] square = {{2, 3, 3}};
    long[][] system = {{2, 3, 3}, {2, 3, 2}};
    return List.of(
        RuleCase.of("determinant", (g, x) -> g.math.matrixDeterminant(x[0]), square),
        RuleCase.of("inverse", (g, x) -> g.math.matrixInverse(definite(g, x[0])), square),
        RuleCase.of("log determinant", (g, x) -> g.linalg.logdet(definite(g, x[0])), square),
        RuleCase.of("cholesky", (g, x) -> g.linalg.cholesky(definite(g, x[0])), square),
        RuleCase.of("solve", (g, x) -> g.linalg.solve(definite(g, x[0]), x[1]), system),
        RuleCase.of("band", (g, x) -> g.linalg.matrixBandPart(x[0], 1, 0)[0], square),
        RuleCase.of("set diagonal", (g, x) -> g.math.setDiag(x[0], x[1]), s(3, 3), s(3)));
  }

  /** A Aᵀ + 1, which is symmetric and positive definite. */
  private static SDVariable definite(SameDiff graph, SDVariable a) {
    SDVariable one = graph.constant(Nd4j.eye(3).castTo(a.dataType()));
    return graph.mmul(a, a, false, true, false).add(one);
  }

  private static long[] s(long... shape) {
    return shape;
  }

  private static RuleCase unary(String name, BiFunction<SameDiff, SDVariable, SDVariable> f) {
    return RuleCase.of(name, (g, x) -> f.apply(g, x[0]), new long[] {2, 3, 4});
  }
}
