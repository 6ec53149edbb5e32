package org.tim4j.objective.derivative.forward;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;

/** Layers of networks that are neither products nor activations. */
final class LayerRules {
  private LayerRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    rules.put("batchnorm", LayerRules::batchNorm);
    // As at inference: SameDiff draws another mask at each evaluation, which has no derivative.
    rules.put("dropout", o -> List.of(o.tangent(0)));
    rules.put(
        "relu_layer",
        o -> {
          SDVariable sum = o.graph().nn.linear(o.input(0), o.input(1), o.input(2));
          return List.of(o.tangentOf(o.graph().nn.relu(sum, 0)));
        });
    // max(x, 0) beside max(-x, 0) along the last axis.
    rules.put(
        "crelu",
        o -> {
          SDVariable x = o.input(0);
          SDVariable above = o.graph().nn.relu(x, 0);
          return List.of(o.tangentOf(o.graph().concat(-1, above, o.graph().nn.relu(x.neg(), 0))));
        });
    // y = x for x >= 0, else a x.
    rules.put(
        "prelu",
        o -> {
          SDVariable above = SelectionRules.indicator(o.input(0).gte(0), o);
          SDVariable below = above.rsub(1);
          Tangent byInput = o.tangent(0).times(above.add(below.mul(o.input(1))));
          return List.of(byInput.plus(o.tangent(1).times(o.input(0).mul(below))));
        });
    // y = x c / max(c, |x|) with |x| the norm along the axes.
    rules.put(
        "clipbynorm",
        o -> {
          double limit = ((CustomOp) o.function()).tArgs()[0];
          int[] axes = AxisReduction.integers((CustomOp) o.function());
          AxisReduction along =
              axes.length == 0
                  ? new AxisReduction(null, true)
                  : AxisReduction.keeping(o.graph(), axes);
          SDVariable norm = o.graph().scalarMax(along.norm(o.input(0)), limit);
          return List.of(o.tangentOf(o.input(0).mul(limit).div(norm)));
        });
    return rules;
  }

  /**
   * y = (x − m) g/s + b with s = (v + ε)^½ is linear in x, m and b together: the operation on their
   * tangents. By g it is (x − m) ġ/s, by v −½ (x − m) g/s³ v̇; both are the operation again, with
   * another gain and without b.
   */
  private static List<Tangent> batchNorm(Operation o) {
    BatchNormSettings settings = BatchNormSettings.of(o);
    SDVariable zero = o.zerosLike(o.input(1));
    Tangent shift = settings.offsetTangent(o);
    Tangent linear = Tangent.ZERO;
    if (!(o.tangent(0).isZero() && o.tangent(1).isZero() && shift.isZero())) {
      SDVariable offset = shift.isZero() ? zero : shift.variable();
      linear =
          Tangent.of(
              settings.apply(o, o.denseTangent(0), o.denseTangent(1), settings.gain(o), offset));
    }
    Tangent byGain =
        settings.gainTangent(o).map(v -> settings.apply(o, o.input(0), o.input(1), v, zero));
    Tangent byVariance =
        o.tangent(2)
            .map(
                v -> {
                  SDVariable relative = v.div(o.input(2).add(settings.epsilon())).mul(-0.5);
                  SDVariable gain = settings.gain(o).mul(relative);
                  return settings.apply(o, o.input(0), o.input(1), gain, zero);
                });
    return List.of(linear.plus(byGain).plus(byVariance));
  }

  /** Inputs are x, mean, variance and, where the settings say so, gain and offset. */
  private record BatchNormSettings(boolean hasGain, boolean hasOffset, double epsilon, int[] axes) {
    static BatchNormSettings of(Operation o) {
      int[] integers = AxisReduction.integers((CustomOp) o.function());
      return new BatchNormSettings(
          integers[0] != 0,
          integers[1] != 0,
          ((CustomOp) o.function()).tArgs()[0],
          Arrays.copyOfRange(integers, 2, integers.length));
    }

    SDVariable gain(Operation o) {
      return hasGain ? o.input(3) : o.graph().onesLike(o.input(1));
    }

    Tangent gainTangent(Operation o) {
      return hasGain ? o.tangent(3) : Tangent.ZERO;
    }

    Tangent offsetTangent(Operation o) {
      return hasOffset ? o.tangent(hasGain ? 4 : 3) : Tangent.ZERO;
    }

    SDVariable apply(
        Operation o, SDVariable x, SDVariable mean, SDVariable gain, SDVariable offset) {
      return o.graph().nn.batchNorm(x, mean, o.input(2), gain, offset, epsilon, axes);
    }
  }
}
