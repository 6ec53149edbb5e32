package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.RuleCase.Domain.NOT_ZERO;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** One case for each rule that reduces or normalises along axes. */
final class ReductionCases {
  private ReductionCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.addAll(reductions());
    cases.addAll(normalizations());
    cases.addAll(attention());
    return cases;
  }

  private static List<RuleCase> reductions() {
    List<RuleCase> cases = new ArrayList<>();
    for (int[] axes : new int[][] {{}, {1}, {0, 2}}) {
      for (boolean keep : new boolean[] {false, true}) {
        String name = " " + axes.length + (axes.length > 0 ? "/" + axes[0] : "") + " " + keep;
        cases.add(unary("sum" + name, (g, x) -> x.sum(keep, axes)));
        cases.add(unary("mean" + name, (g, x) -> x.mean(keep, axes)));
        cases.add(unary("max" + name, (g, x) -> x.max(keep, axes)));
        cases.add(unary("min" + name, (g, x) -> x.min(keep, axes)));
        cases.add(unary("prod" + name, (g, x) -> x.prod(keep, axes)));
        cases.add(unary("norm2" + name, (g, x) -> x.norm2(keep, axes)));
        cases.add(unary("norm1" + name, (g, x) -> x.norm1(keep, axes)).on(NOT_ZERO));
        cases.add(unary("normmax" + name, (g, x) -> x.normmax(keep, axes)).on(NOT_ZERO));
        cases.add(unary("squared norm" + name, (g, x) -> g.squaredNorm(x, keep, axes)));
        cases.add(unary("variance" + name, (g, x) -> g.variance(x, false, keep, axes)));
        cases.add(unary("corrected" + name, (g, x) -> g.variance(x, true, keep, axes)));
        cases.add(unary("std" + name, (g, x) -> g.standardDeviation(x, true, keep, axes)));
      }
      String name = " " + axes.length + (axes.length > 0 ? "/" + axes[0] : "");
      cases.add(unary("logsumexp" + name, (g, x) -> g.math.logSumExp(x, axes)));
      cases.add(unary("amean" + name, (g, x) -> g.math.reduceAmean(x, false, axes)).on(NOT_ZERO));
      cases.add(unary("asum" + name, (g, x) -> g.math.asum(x, false, axes)).on(NOT_ZERO));
      cases.add(unary("amax" + name, (g, x) -> g.math.reduceAMax(x, false, axes)).on(NOT_ZERO));
      cases.add(unary("amin" + name, (g, x) -> g.math.reduceAmin(x, false, axes)).on(NOT_ZERO));
      cases.add(unary("mean of squares" + name, (g, x) -> g.math.square(x).mean(true, axes)));
    }
    // An axis that the graph computes, and a negative one, which SameDiff resolves only so.
    cases.add(unary("prod, computed axis", (g, x) -> g.prod(x, axis(g, -1), true)));
    cases.add(unary("mean, computed axis", (g, x) -> g.mean(x, axis(g, -1), false)));
    return cases;
  }

  private static SDVariable axis(SameDiff graph, int axis) {
    return graph.constant(Nd4j.createFromArray(axis));
  }

  private static List<RuleCase> normalizations() {
    return List.of(
        unary("softmax 2", (g, x) -> g.nn.softmax(x, 2)),
        unary("softmax -1", (g, x) -> g.nn.softmax(x, -1)),
        unary("softmax 1", (g, x) -> g.nn.softmax(x, 1)),
        unary("log softmax", (g, x) -> g.nn.logSoftmax(x)),
        unary("log softmax 1", (g, x) -> g.nn.logSoftmax(x, 1)),
        unary("standardize", (g, x) -> g.math.standardize(x, 2)),
        unary("standardize -1", (g, x) -> g.math.standardize(x, -1)),
        unary("standardize 1, 2", (g, x) -> g.math.standardize(x, 1, 2)),
        RuleCase.of(
            "layer norm",
            (g, x) -> g.nn.layerNorm(x[0], x[1], x[2], false, 2),
            s(2, 3, 4),
            s(4),
            s(4)),
        RuleCase.of(
            "layer norm without bias",
            (g, x) -> g.nn.layerNorm(x[0], x[1], false, 2),
            s(2, 3, 4),
            s(4)),
        RuleCase.of(
            "layer norm, channels first",
            (g, x) -> g.nn.layerNorm(x[0], x[1], x[2], true, 1, 2),
            s(2, 3, 4),
            s(3),
            s(3)));
  }

  private static List<RuleCase> attention() {
    SameDiffAttention plain =
        (g, x, mask) -> g.nn.dotProductAttention(x[0], x[1], x[2], mask, true);
    long[][] rank3 = {{2, 4, 3}, {2, 4, 5}, {2, 6, 5}};
    long[][] rank4 = {{2, 2, 4, 3}, {2, 2, 4, 5}, {2, 2, 6, 5}};
    return List.of(
        RuleCase.of("attention", (g, x) -> plain.define(g, x, null), rank3),
        RuleCase.of("attention, heads", (g, x) -> plain.define(g, x, null), rank4),
        RuleCase.of(
            "attention, unscaled",
            (g, x) -> g.nn.dotProductAttention(x[0], x[1], x[2], null, false),
            rank3),
        RuleCase.of(
            "attention, masked",
            (g, x) ->
                plain.define(
                    g,
                    x,
                    g.constant(
                        Nd4j.createFromArray(new double[][] {{1, 1, 0, 1, 0}, {1, 1, 1, 1, 1}}))),
            rank3));
  }

  private interface SameDiffAttention {
    SDVariable define(SameDiff graph, SDVariable[] inputs, SDVariable mask);
  }

  private static long[] s(long... shape) {
    return shape;
  }

  private static RuleCase unary(String name, BiFunction<SameDiff, SDVariable, SDVariable> f) {
    return RuleCase.of(name, (g, x) -> f.apply(g, x[0]), new long[] {2, 3, 4});
  }
}
