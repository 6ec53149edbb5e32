package org.tim4j.objective.derivative.forward;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.loss.bp.SparseSoftmaxCrossEntropyLossWithLogitsBp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * SameDiff's fused losses, differentiated as what they are made of: the loss of each element times
 * its weight, summed or averaged.
 *
 * <p>Inputs are predictions p, weights w and labels l.
 */
final class LossRules {
  /** The ways to average, by their number in the operation's settings. */
  private enum Reduction {
    NONE,
    SUM,
    MEAN_BY_WEIGHT,
    MEAN_BY_NONZERO_WEIGHT_COUNT
  }

  private static final Map<String, Function<Operation, SDVariable>> LOSSES =
      Map.ofEntries(
          entry("mean_sqerr_loss", o -> square(error(o))),
          entry("absolute_difference_loss", o -> o.graph().math.abs(error(o))),
          entry("huber_loss", LossRules::huber),
          entry("hinge_loss", LossRules::hinge),
          entry("log_loss", LossRules::logLoss),
          entry("log_poisson_loss", LossRules::logPoisson),
          entry("sigm_cross_entropy_loss", LossRules::sigmoidCrossEntropy),
          entry("softmax_cross_entropy_loss", LossRules::softmaxCrossEntropy),
          entry("cosine_distance_loss", LossRules::cosineDistance),
          entry("mean_pairwssqerr_loss", LossRules::pairwiseSquaredError));

  private LossRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    LOSSES.forEach(
        (name, loss) ->
            rules.put(name, o -> List.of(o.tangentOf(reduce(o, loss.apply(o), o.input(1))))));
    rules.put("l2_loss", o -> List.of(o.tangent(0).map(v -> v.mul(o.input(0)).sum())));
    rules.put("sparse_softmax_cross_entropy_loss_with_logits", LossRules::sparseCrossEntropy);
    return rules;
  }

  private static SDVariable reduce(Operation o, SDVariable elements, SDVariable given) {
    SDVariable weights = given;
    if (given.getShape() != null && given.getShape().length == 1) {
      // Weights by row, of losses by row that keep the axis of classes.
      weights = o.graph().expandDims(given, -1);
    }
    SDVariable weighted = elements.mul(weights);
    SDVariable all = o.graph().onesLike(elements).mul(weights);
    Reduction reduction = Reduction.values()[integers(o)[0]];
    return switch (reduction) {
      case NONE -> weighted;
      case SUM -> weighted.sum();
      case MEAN_BY_WEIGHT -> overPositive(o, weighted.sum(), all.sum());
      case MEAN_BY_NONZERO_WEIGHT_COUNT ->
          overPositive(o, weighted.sum(), SelectionRules.indicator(all.neq(0), o).sum());
    };
  }

  /** Weights that are all 0 give the loss 0, and so is its gradient in SameDiff. */
  private static SDVariable overPositive(Operation o, SDVariable sum, SDVariable divisor) {
    SDVariable none = SelectionRules.indicator(divisor.eq(0), o);
    return sum.div(divisor.add(none)).mul(none.rsub(1));
  }

  private static SDVariable error(Operation o) {
    return o.input(0).sub(o.input(2));
  }

  private static SDVariable square(SDVariable v) {
    return v.mul(v);
  }

  /** e²/2 for |e| ≤ δ, δ |e| − δ²/2 above: with q = min(|e|, δ) it is q (|e| − q/2). */
  private static SDVariable huber(Operation o) {
    SDVariable size = o.graph().math.abs(error(o));
    SDVariable quadratic = o.graph().scalarMin(size, numbers(o)[0]);
    return quadratic.mul(size.sub(quadratic.mul(0.5)));
  }

  /** max(0, 1 − (2 l − 1) p). */
  private static SDVariable hinge(Operation o) {
    return o.graph().nn.relu(o.input(2).mul(2).sub(1).mul(o.input(0)).rsub(1), 0);
  }

  /** −l ln(p + ε) − (1 − l) ln(1 − p + ε). */
  private static SDVariable logLoss(Operation o) {
    double epsilon = numbers(o)[0];
    SDVariable p = o.input(0);
    SDVariable l = o.input(2);
    SDVariable ofOnes = l.mul(o.graph().math.log(p.add(epsilon)));
    SDVariable ofZeros = l.rsub(1).mul(o.graph().math.log(p.rsub(1 + epsilon)));
    return ofOnes.add(ofZeros).neg();
  }

  /** exp(p) − l p, and with Stirling's formula for ln l! if the operation is told so. */
  private static SDVariable logPoisson(Operation o) {
    SDVariable l = o.input(2);
    SDVariable loss = o.graph().math.exp(o.input(0)).sub(l.mul(o.input(0)));
    boolean full = integers(o).length > 1 && integers(o)[1] != 0;
    if (!full) {
      return loss;
    }
    SDVariable entropy = l.mul(o.graph().math.log(l)).sub(l);
    return loss.add(entropy).add(o.graph().math.log(l.mul(2 * Math.PI)).mul(0.5));
  }

  /**
   * ln(1 + exp(p)) − p l with the labels smoothed towards ½. The logarithm is written as (p +
   * |p|)/2 + ln(1 + exp(−|p|)), which does not overflow.
   */
  private static SDVariable sigmoidCrossEntropy(Operation o) {
    double smoothing = numbers(o)[0];
    SDVariable p = o.input(0);
    SDVariable l = o.input(2).mul(1 - smoothing).add(smoothing / 2);
    SDVariable size = o.graph().math.abs(p);
    SDVariable tail = o.graph().math.log1p(o.graph().math.exp(size.neg()));
    return p.add(size).mul(0.5).add(tail).sub(p.mul(l));
  }

  /** −Σ l ln softmax(p) along the last axis; smoothed towards 1 over the number of classes. */
  private static SDVariable softmaxCrossEntropy(Operation o) {
    double smoothing = numbers(o)[0];
    SDVariable p = o.input(0);
    SDVariable classes = o.graph().sizeAt(p, -1).castTo(p.dataType());
    SDVariable l = o.input(2).mul(1 - smoothing).add(classes.rdiv(smoothing));
    AxisReduction alongClasses = AxisReduction.keeping(o.graph(), -1);
    // Less the largest, a constant, no exponential overflows.
    SDVariable largest = new StopGradient(o.graph(), alongClasses.maximum(p)).outputVariable();
    SDVariable shifted = p.sub(largest);
    SDVariable normalizer = o.graph().math.log(alongClasses.sum(o.graph().math.exp(shifted)));
    return alongClasses.sum(l.mul(normalizer.sub(shifted)));
  }

  /** 1 − Σ p l along an axis, which stays with size 1. */
  private static SDVariable cosineDistance(Operation o) {
    AxisReduction along = AxisReduction.keeping(o.graph(), integers(o)[1]);
    return along.sum(o.input(0).mul(o.input(2))).rsub(1);
  }

  /**
   * 4 (Σ e²/(n − 1) − (Σ e)²/(n (n − 1))) over the n elements of each example, twice the mean of
   * (eᵢ − eⱼ)² over all pairs.
   */
  private static SDVariable pairwiseSquaredError(Operation o) {
    SDVariable error = error(o);
    SDVariable rows =
        o.graph().reshape(error, o.graph().concat(0, rowCount(o, error), minusOne(o)));
    AxisReduction along = AxisReduction.keeping(o.graph(), 1);
    SDVariable n = along.sum(o.graph().onesLike(rows));
    SDVariable squares = along.sum(square(rows)).mul(n);
    SDVariable pairs = squares.sub(square(along.sum(rows))).mul(4);
    return pairs.div(n.mul(n.sub(1)));
  }

  private static SDVariable rowCount(Operation o, SDVariable v) {
    return o.graph().reshape(o.graph().sizeAt(v, 0), 1);
  }

  private static SDVariable minusOne(Operation o) {
    return o.graph().constant(Nd4j.createFromArray(-1L));
  }

  /** Inputs are labels, whole numbers, and logits p: Σ (softmax(p) − [label]) ṗ. */
  private static List<Tangent> sparseCrossEntropy(Operation o) {
    return List.of(
        o.tangent(1)
            .map(
                v -> {
                  SDVariable slope =
                      new SparseSoftmaxCrossEntropyLossWithLogitsBp(
                              o.graph(), o.input(1), o.input(0))
                          .outputVariable();
                  SDVariable axis = AxisReduction.keeping(o.graph(), -1).axes();
                  return new AxisReduction(axis, false).sum(slope.mul(v));
                }));
  }

  private static int[] integers(Operation o) {
    return AxisReduction.integers((CustomOp) o.function());
  }

  private static double[] numbers(Operation o) {
    return ((CustomOp) o.function()).tArgs();
  }
}
