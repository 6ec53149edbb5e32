package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tim4j.objective.derivative.forward.CentralDifference.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Every rule at kinks, poles and ties, against SameDiff's own gradient. */
class DegeneratePointTest {
  /** Float constants within SameDiff's gradients. */
  private static final double TOLERANCE = 1e-6;

  /** Operations whose own gradient does not agree with differences, wherever they are. */
  private static final Set<String> WRONG_IN_SAMEDIFF =
      Set.of(
          "precise_gelu", // its cubic term is of another power
          "triangle", // made from the sign of the values
          "cumulative sum", // exclusive and reversed at once
          "prod, computed axis", // the axis is taken as absent
          "relu6 with a cutoff", // the cutoff is left out
          "clip by norm along an axis",
          "floor mod", // 0 by the divisor
          "mod", // 0
          "cross", // 0
          "inverse",
          "mirror padding", // as if by zeros
          "scatter mul, a row twice",
          "replace where by another"); // by the wrong one

  /** Two of them have a value that is finite by exception only, and no derivative beside it. */
  static Stream<RuleCase> cases() {
    return TangentRuleTest.cases()
        .filter(rule -> !rule.name().startsWith("log poisson, full"))
        .filter(rule -> !rule.name().equals("determinant"));
  }

  /** SameDiff's losses take the gradient that arrives at them as 1, whatever it is. */
  static Stream<RuleCase> casesWithGradient() {
    Set<String> losses = LossCases.all().stream().map(RuleCase::name).collect(Collectors.toSet());
    return cases().filter(rule -> !losses.contains(rule.name()));
  }

  /**
   * Where value and gradient of SameDiff are finite, ⟨u, J v⟩ = ⟨Jᵀ u, v⟩ holds with its gradient
   * on the right.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("casesWithGradient")
  void agreesWithSameDiffsGradient(RuleCase rule) {
    for (DegeneratePoint point : DegeneratePoint.values()) {
      Map<String, INDArray> values = at(point, rule);
      INDArray value = value(rule, values);
      Optional<Map<String, INDArray>> gradients = gradients(rule, values, weights(value));
      if (gradients.isEmpty() || !finite(value)) {
        continue;
      }
      double forward =
          tangent(rule, values, rule.tangents(0)).mul(weights(value)).sumNumber().doubleValue();
      double backward = 0;
      double scale = 1;
      for (Map.Entry<String, INDArray> tangent : rule.tangents(0).entrySet()) {
        INDArray products = gradients.get().get(tangent.getKey()).mul(tangent.getValue());
        backward += products.sumNumber().doubleValue();
        scale += products.norm1Number().doubleValue();
      }
      if (!exempt(rule, point)) {
        assertEquals(backward, forward, TOLERANCE * scale, rule + " at " + point);
      }
    }
  }

  /** An input that does not move moves nothing, however steep the function is. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aZeroTangentStaysZeroWhereTheValueIsFinite(RuleCase rule) {
    for (DegeneratePoint point : DegeneratePoint.values()) {
      Map<String, INDArray> values = at(point, rule);
      Map<String, INDArray> still = new HashMap<>();
      values.forEach((name, array) -> still.put(name, Nd4j.zerosLike(array)));
      if (finite(value(rule, values))) {
        INDArray tangent = tangent(rule, values, still);
        assertEquals(0, tangent.norm1Number().doubleValue(), 0, rule + " at " + point);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tangentsAreFiniteWhereTheValueIs(RuleCase rule) {
    for (DegeneratePoint point : DegeneratePoint.values()) {
      Map<String, INDArray> values = at(point, rule);
      if (finite(value(rule, values)) && !infinitelySteep(rule, point)) {
        assertTrue(finite(tangent(rule, values, rule.tangents(0))), rule + " at " + point);
      }
    }
  }

  /** √x at 0, x^0.1 at 0, and acosh(1 + x) at 0. */
  private static boolean infinitelySteep(RuleCase rule, DegeneratePoint point) {
    return rule.name().equals("acosh")
            && (point == DegeneratePoint.ZERO || point == DegeneratePoint.CONSTANT_ROWS)
        || rule.name().equals("sqrt")
            && (point == DegeneratePoint.ZERO || point == DegeneratePoint.CONSTANT_ROWS)
        || rule.name().startsWith("pow [") && point == DegeneratePoint.CONSTANT_ROWS;
  }

  private static boolean exempt(RuleCase rule, DegeneratePoint point) {
    String name = rule.name();
    boolean tieOfBroadcast =
        name.matches("(max|min) \\[.*") && !name.contains("[2, 3, 4] [2, 3, 4]");
    // SameDiff divides by n - 1 in the gradient whatever the variance itself divides by.
    boolean biased = name.startsWith("variance");
    // Of a whole array of zeros SameDiff's gradient takes the sign as 1, along axes as 0.
    boolean signOfZero = name.startsWith("normmax 0") && point == DegeneratePoint.ZERO;
    return WRONG_IN_SAMEDIFF.contains(name) || tieOfBroadcast || biased || signOfZero;
  }

  private static Map<String, INDArray> at(DegeneratePoint point, RuleCase rule) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    rule.inputs(0).forEach((name, drawn) -> values.put(name, point.of(drawn.shape())));
    return values;
  }

  private static INDArray value(RuleCase rule, Map<String, INDArray> values) {
    return evaluate(rule.define(SameDiff.create()), values);
  }

  private static INDArray tangent(
      RuleCase rule, Map<String, INDArray> values, Map<String, INDArray> directions) {
    SameDiff graph = SameDiff.create();
    SDVariable output = rule.define(graph);
    Map<String, SDVariable> seeds = new HashMap<>();
    directions.forEach((name, v) -> seeds.put(name, graph.constant(v)));
    return evaluate(new ForwardMode().tangent(output, seeds), values);
  }

  /** Returns empty where SameDiff has no gradient or one that is not finite. */
  private static Optional<Map<String, INDArray>> gradients(
      RuleCase rule, Map<String, INDArray> values, INDArray weights) {
    SameDiff graph = SameDiff.create();
    SDVariable[] inputs =
        IntStream.range(0, values.size())
            .mapToObj(i -> graph.var("x" + i, values.get("x" + i)))
            .toArray(SDVariable[]::new);
    SDVariable loss = rule.graph().define(graph, inputs).mul(graph.constant(weights)).sum();
    graph.setLossVariables(loss.name());
    Map<String, INDArray> gradients;
    try {
      gradients = graph.calculateGradients(Map.of(), values.keySet());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    return Optional.of(gradients).filter(g -> g.values().stream().allMatch(a -> finite(a)));
  }

  private static INDArray weights(INDArray value) {
    return RandomStream.of(3, 1, Purpose.EVALUATION).gaussians(DataType.DOUBLE, value.shape());
  }

  private static boolean finite(INDArray array) {
    return Double.isFinite(array.norm1Number().doubleValue());
  }

  /** A padded row: value and SameDiff's gradient are 0. */
  @Test
  void aConstantRowThroughLayerNormHasTangentZero() {
    for (double constant : new double[] {0, 1, 0.1, -1e-20, 1e6}) {
      SameDiff graph = SameDiff.create();
      SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 1, 3);
      SDVariable gain = graph.constant(Nd4j.createFromArray(1.0, 1.0, 1.0));
      SDVariable y = graph.nn.layerNorm(x, gain, false, 1);
      SDVariable dx = graph.constant(Nd4j.createFromArray(new double[][] {{1, 2, 3}}));
      SDVariable dy = new ForwardMode().tangent(y, Map.of("x", dx));
      Map<String, INDArray> at = Map.of("x", Nd4j.valueArrayOf(new long[] {1, 3}, constant));
      if (evaluate(y, at).norm1Number().doubleValue() == 0) {
        assertEquals(0, evaluate(dy, at).norm1Number().doubleValue(), 0, "row of " + constant);
      } else {
        throw new AssertionError("SameDiff does not standardise a row of " + constant + " to 0");
      }
    }
  }

  /** Elements beside a pole are not touched by it. */
  @Test
  void aPoleStaysWhereItIs() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 3);
    SDVariable dx = graph.constant(Nd4j.createFromArray(0.0, 3.0, 5.0));
    SDVariable dy = new ForwardMode().tangent(graph.math.sqrt(x), Map.of("x", dx));
    INDArray tangent = evaluate(dy, Map.of("x", Nd4j.createFromArray(0.0, 0.0, 4.0)));
    assertEquals(List.of(0.0, Double.POSITIVE_INFINITY, 1.25), list(tangent));
  }

  private static List<Double> list(INDArray vector) {
    return Arrays.stream(vector.toDoubleVector()).boxed().toList();
  }
}
