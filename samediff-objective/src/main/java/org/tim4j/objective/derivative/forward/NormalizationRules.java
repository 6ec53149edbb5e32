package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;

/** Operations that normalise along axes: softmax and standardisation. */
final class NormalizationRules {
  private NormalizationRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    // y = softmax(x): y (ẋ - Σ y ẋ)
    rules.put("softmax", o -> List.of(centred(o, o.output()).times(o.output())));
    // y = ln softmax(x): ẋ - Σ exp(y) ẋ
    rules.put("log_softmax", o -> List.of(centred(o, o.graph().math.exp(o.output()))));
    rules.put(
        "standardize",
        o -> List.of(o.tangent(0).map(v -> standardized(o.input(0), o.output(), v, axes(o)))));
    rules.put("layer_norm", NormalizationRules::layerNorm);
    return rules;
  }

  private static int[] axes(Operation o) {
    return AxisReduction.integers((CustomOp) o.function());
  }

  private static Tangent centred(Operation o, SDVariable probabilities) {
    int[] given = axes(o);
    int axis = given.length == 0 ? -1 : given[0];
    AxisReduction along = AxisReduction.keeping(o.graph(), axis);
    return o.tangent(0).map(v -> v.sub(along.sum(v.mul(probabilities))));
  }

  /**
   * z = (x − m)/s, with m the mean and s the standard deviation (of n, not n − 1): (ẋ − mean(ẋ) − z
   * mean(z ẋ))/s. Where all x are equal, SameDiff's z is 0 and so is its gradient; the tangent is 0
   * there, too. Whether they are equal is told by z, as another s may round differently.
   */
  private static SDVariable standardized(
      SDVariable x, SDVariable z, SDVariable tangent, int... axes) {
    AxisReduction along = AxisReduction.keeping(x.getSameDiff(), axes);
    SDVariable centred = x.sub(along.mean(x));
    SDVariable deviation = x.getSameDiff().math.sqrt(along.mean(centred.mul(centred)));
    SDVariable parallel = z.mul(along.mean(z.mul(tangent)));
    SDVariable constant = Tangent.indicator(along.mean(z.mul(z)).eq(0), x);
    return tangent
        .sub(along.mean(tangent))
        .sub(parallel)
        .div(deviation.add(constant))
        .mul(constant.rsub(1));
  }

  /**
   * y = g z + b with z the standardised x: g ż + ġ z + ḃ, the gain g and the bias b being rank 1
   * along the channels.
   */
  private static List<Tangent> layerNorm(Operation o) {
    SDVariable x = o.input(0);
    SDVariable z = o.graph().math.standardize(x, axes(o));
    Tangent byInput =
        o.tangent(0).map(v -> standardized(x, z, v, axes(o)).mul(alongChannels(o, o.input(1))));
    Tangent byGain = o.tangent(1).map(v -> z.mul(alongChannels(o, v)));
    Tangent byBias = o.tangent(2).map(v -> o.zerosLike(x).add(alongChannels(o, v)));
    return List.of(byInput.plus(byGain).plus(byBias));
  }

  /**
   * Returns a rank-1 variable in a shape that broadcasts against x along its channels: as it is if
   * they are last; otherwise what the operation itself makes of it as a bias, with a gain of 0.
   */
  private static SDVariable alongChannels(Operation o, SDVariable perChannel) {
    boolean channelsFirst = ((CustomOp) o.function()).bArgs()[0];
    return channelsFirst
        ? o.replay(List.of(o.input(0), o.zerosLike(o.input(1)), perChannel)).get(0)
        : perChannel;
  }
}
