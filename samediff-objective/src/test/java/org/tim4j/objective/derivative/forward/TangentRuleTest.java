package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tim4j.objective.derivative.forward.CentralDifference.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every rule against a fourth-order central difference, for every subset of its inputs. */
class TangentRuleTest {
  private static final double TOLERANCE = 1e-8;

  static Stream<RuleCase> cases() {
    return Stream.of(
            ElementwiseCases.all(),
            MathCases.all(),
            ArrayCases.all(),
            ReductionCases.all(),
            LayerCases.all(),
            LossCases.all(),
            SegmentCases.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agreesWithFiniteDifference(RuleCase rule) {
    SameDiff graph = SameDiff.create();
    SDVariable output = rule.define(graph);
    Map<String, INDArray> point = rule.inputs(0);
    Map<String, INDArray> directions = rule.tangents(0);
    INDArray before = evaluate(output, point);

    int count = point.size();
    for (int subset = 1; subset < 1 << count; subset++) {
      Map<String, SDVariable> seeds = new HashMap<>();
      Map<String, INDArray> feed = new HashMap<>(point);
      Map<String, INDArray> direction = new HashMap<>();
      for (int i = 0; i < count; i++) {
        if ((subset >> i & 1) == 1) {
          String name = "x" + i;
          SDVariable seed =
              graph.placeHolder("d" + subset + name, DataType.DOUBLE, directions.get(name).shape());
          seeds.put(name, seed);
          feed.put(seed.name(), directions.get(name));
          direction.put(name, directions.get(name));
        }
      }
      SDVariable tangent = new ForwardMode().tangent(output, seeds);
      assertEquals(output.dataType(), tangent.dataType());

      INDArray expected = CentralDifference.of(output, point, direction);
      INDArray actual = evaluate(tangent, feed);
      assertArrayEquals(before.shape(), actual.shape(), "shape of subset " + subset);
      double error = actual.sub(expected).amaxNumber().doubleValue();
      double scale = 1 + expected.amaxNumber().doubleValue();
      assertTrue(error <= TOLERANCE * scale, "subset " + subset + ": error " + error);
    }
    assertEquals(before, evaluate(output, point), "the output itself must not change");
  }

  @Test
  void everyRuleHasACase() {
    Set<String> exercised = new TreeSet<>();
    cases()
        .forEach(
            rule -> {
              SameDiff graph = SameDiff.create();
              rule.define(graph);
              graph.getOps().values().forEach(node -> exercised.add(node.getOp().opName()));
            });
    Set<String> missing = new TreeSet<>(TangentRules.standard().operations());
    missing.removeAll(exercised);
    // Its values are drawn anew at each evaluation; see ForwardModeTest.
    missing.remove("dropout");
    assertEquals(Set.of(), missing);
  }
}
