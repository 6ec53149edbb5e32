package org.tim4j.objective.derivative.forward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.CustomOp;

/** Reductions of rows by the number of their segment; inputs are rows and numbers. */
final class SegmentRules {
  private SegmentRules() {}

  static Map<String, TangentRule> rules() {
    Map<String, TangentRule> rules = new HashMap<>();
    for (String kind : List.of("segment", "unsorted_segment")) {
      rules.put(kind + "_max", SegmentRules::extremum);
      rules.put(kind + "_min", SegmentRules::extremum);
      rules.put(
          kind + "_prod",
          o -> List.of(o.tangent(0).map(v -> segments(o).productTangent(o.input(0), v))));
    }
    return rules;
  }

  /** The sum over the rows that are equal to the extremum, as SameDiff's gradient has it. */
  private static List<Tangent> extremum(Operation o) {
    SDVariable x = o.input(0);
    SDVariable ofRow = o.graph().gather(o.output(), o.input(1), 0);
    SDVariable chosen = SelectionRules.indicator(x.eq(ofRow), o);
    return List.of(o.tangent(0).map(v -> segments(o).sum(v.mul(chosen))));
  }

  private static Grouping segments(Operation o) {
    SDVariable numbers = o.input(1);
    if (o.function().opName().startsWith("segment")) {
      return new Grouping() {
        @Override
        public SDVariable sum(SDVariable rows) {
          return o.graph().segmentSum(rows, numbers);
        }

        @Override
        public SDVariable product(SDVariable rows) {
          return o.graph().segmentProd(rows, numbers);
        }
      };
    }
    int count = AxisReduction.integers((CustomOp) o.function())[0];
    return new Grouping() {
      @Override
      public SDVariable sum(SDVariable rows) {
        return o.graph().unsortedSegmentSum(rows, numbers, count);
      }

      @Override
      public SDVariable product(SDVariable rows) {
        return o.graph().unsortedSegmentProd(rows, numbers, count);
      }
    };
  }
}
