package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final double STEP = 3e-4;
  private static final double TOLERANCE = 1e-8;

  static Stream<RuleCase> cases() {
    return Stream.of(ElementwiseCases.all(), ArrayCases.all(), ReductionCases.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agreesWithFiniteDifference(RuleCase rule) {
    SameDiff graph = SameDiff.create();
    SDVariable output = rule.define(graph);
    Map<String, INDArray> point = rule.inputs(0);
    Map<String, INDArray> directions = rule.tangents(0);
    INDArray before = evaluate(graph, output, point);

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

      INDArray expected = centralDifference(graph, output, point, direction);
      INDArray actual = evaluate(graph, tangent, feed);
      assertArrayEquals(before.shape(), actual.shape(), "shape of subset " + subset);
      double error = actual.sub(expected).amaxNumber().doubleValue();
      double scale = 1 + expected.amaxNumber().doubleValue();
      assertTrue(error <= TOLERANCE * scale, "subset " + subset + ": error " + error);
    }
    assertEquals(before, evaluate(graph, output, point), "the output itself must not change");
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
    assertEquals(Set.of(), missing);
  }

  /** (8 (f(h) − f(−h)) − (f(2h) − f(−2h)))/(12 h), whose error falls with h⁴. */
  private static INDArray centralDifference(
      SameDiff graph, SDVariable output, Map<String, INDArray> point, Map<String, INDArray> v) {
    List<INDArray> values =
        Stream.of(STEP, -STEP, 2 * STEP, -2 * STEP)
            .map(h -> evaluate(graph, output, moved(point, v, h)))
            .toList();
    INDArray near = values.get(0).sub(values.get(1)).mul(8);
    INDArray far = values.get(2).sub(values.get(3));
    return near.sub(far).div(12 * STEP);
  }

  private static Map<String, INDArray> moved(
      Map<String, INDArray> point, Map<String, INDArray> direction, double step) {
    Map<String, INDArray> result = new HashMap<>(point);
    direction.forEach((name, v) -> result.put(name, point.get(name).add(v.mul(step))));
    return result;
  }

  private static INDArray evaluate(
      SameDiff graph, SDVariable variable, Map<String, INDArray> placeholders) {
    return graph.output(placeholders, variable.name()).get(variable.name()).dup();
  }
}
