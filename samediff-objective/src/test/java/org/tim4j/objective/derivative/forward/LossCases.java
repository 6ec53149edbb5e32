package org.tim4j.objective.derivative.forward;

import static org.tim4j.objective.derivative.forward.RuleCase.Domain.NOT_ZERO;
import static org.tim4j.objective.derivative.forward.RuleCase.Domain.POSITIVE;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One case for each fused loss and each of its ways to average. */
final class LossCases {
  private LossCases() {}

  /** Makes a loss of labels, predictions and weights. */
  private interface Loss {
    SDVariable of(SameDiff g, SDVariable[] labelsPredictionsWeights, LossReduce reduce);
  }

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    for (LossReduce reduce : LossReduce.values()) {
      long[][] weights = {{4, 3}, {4, 1}, {1, 1}};
      for (long[] weight : weights) {
        String suffix = " " + reduce + " " + weight[0] + "x" + weight[1];
        long[][] shapes = {{4, 3}, {4, 3}, weight};
        cases.add(
            of(
                "mse" + suffix,
                (g, x, r) -> g.loss.meanSquaredError(x[0], x[1], x[2], r),
                reduce,
                shapes));
        cases.add(
            of(
                "absolute difference" + suffix,
                (g, x, r) -> g.loss.absoluteDifference(x[0], x[1], x[2], r),
                reduce,
                shapes));
        cases.add(
            of(
                "huber" + suffix,
                (g, x, r) -> g.loss.huberLoss(x[0], x[1], x[2], r, 0.9),
                reduce,
                shapes));
        cases.add(
            of(
                "log loss" + suffix,
                (g, x, r) -> g.loss.logLoss(x[0], g.nn.sigmoid(x[1]), x[2], r, 1e-3),
                reduce,
                shapes));
        cases.add(
            of(
                "sigmoid cross entropy" + suffix,
                (g, x, r) -> g.loss.sigmoidCrossEntropy(x[0], x[1], x[2], r, 0.1),
                reduce,
                shapes));
      }
      cases.addAll(others(reduce));
    }
    cases.addAll(withoutWeights());
    return cases;
  }

  private static List<RuleCase> others(LossReduce reduce) {
    long[][] full = {{4, 3}, {4, 3}, {4, 3}};
    // SameDiff refuses weights of rank 1 where it does not reduce.
    long[][] byRow = {{4, 3}, {4, 3}, reduce == LossReduce.NONE ? new long[0] : new long[] {4}};
    long[][] byRowKept = {{4, 3}, {4, 3}, {4, 1}};
    String suffix = " " + reduce;
    return List.of(
        of(
            "hinge" + suffix,
            (g, x, r) -> g.loss.hingeLoss(g.constant(bits()), x[1].add(x[0]), x[2], r),
            reduce,
            full),
        of(
            "log poisson" + suffix,
            (g, x, r) -> g.loss.logPoisson(x[0], x[1], x[2], r, false),
            reduce,
            full),
        of(
                "log poisson, full" + suffix,
                (g, x, r) -> g.loss.logPoisson(x[0], x[1], x[2], r, true),
                reduce,
                full)
            .on(POSITIVE),
        of(
            "softmax cross entropy" + suffix,
            (g, x, r) -> g.loss.softmaxCrossEntropy(x[0], x[1], x[2], r, 0.1),
            reduce,
            byRow),
        of(
            "softmax cross entropy, kept axis" + suffix,
            (g, x, r) -> g.loss.softmaxCrossEntropy(x[0], x[1], x[2], r, 0),
            reduce,
            byRowKept),
        of(
            "pairwise squared error" + suffix,
            (g, x, r) -> g.loss.meanPairwiseSquaredError(x[0], x[1], x[2], r),
            reduce,
            byRowKept),
        of(
            "cosine distance loss" + suffix,
            (g, x, r) -> g.loss.cosineDistance(x[0], x[1], x[2], r, 1),
            reduce,
            byRowKept));
  }

  private static List<RuleCase> withoutWeights() {
    return List.of(
        RuleCase.of("l2 loss", (g, x) -> g.loss.l2Loss(x[0]), new long[] {2, 3, 4}),
        RuleCase.of(
            "absolute difference without weights",
            (g, x) -> g.loss.absoluteDifference(x[0], x[1], null),
            new long[] {4, 3},
            new long[] {4, 3}),
        RuleCase.of(
            "sparse softmax cross entropy",
            (g, x) ->
                g.loss.sparseSoftmaxCrossEntropy(
                    x[0].mul(2), g.constant(Nd4j.createFromArray(2, 0, 1, 1))),
            new long[] {4, 3}));
  }

  /** The weights are never 0, where counting those that are not jumps. */
  private static RuleCase of(String name, Loss loss, LossReduce reduce, long[][] shapes) {
    return RuleCase.of(name, (g, x) -> loss.of(g, x, reduce), shapes).on(NOT_ZERO);
  }

  private static INDArray bits() {
    return Nd4j.createFromArray(new double[][] {{0, 1, 1}, {1, 0, 0}, {1, 1, 0}, {0, 0, 1}});
  }
}
