package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class ForwardModeTest {
  private final SameDiff graph = SameDiff.create();
  private final SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 3);
  private final SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, -1, 3);
  private final INDArray point = gaussian(1, 2, 3);
  private final INDArray direction = gaussian(2, 2, 3);

  /** The code of the README. */
  @Test
  void theExampleForAnyGraph() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 2);
    SDVariable w = graph.var("w", Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
    SDVariable y = graph.math.tanh(graph.mmul(x, w));

    SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, -1, 2);
    SDVariable dy = new ForwardMode().tangent(y, Map.of("x", dx));

    INDArray at = Nd4j.createFromArray(new double[][] {{0.1, -0.2}});
    INDArray direction = Nd4j.createFromArray(new double[][] {{1, 0}});
    INDArray derivative = graph.output(Map.of("x", at, "dx", direction), dy.name()).get(dy.name());

    // x w = (-0.5, -0.6) and the direction times w is (1, 2).
    double first = 1 - Math.pow(Math.tanh(-0.5), 2);
    double second = 2 * (1 - Math.pow(Math.tanh(-0.6), 2));
    assertEquals(first, derivative.getDouble(0, 0), 1e-14);
    assertEquals(second, derivative.getDouble(0, 1), 1e-14);
  }

  @Test
  void closedFormOfAComposition() {
    // y = sin(x²) e^x has y' = (2 x cos(x²) + sin(x²)) e^x.
    SDVariable y = graph.math.sin(x.mul(x)).mul(graph.math.exp(x));
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    INDArray actual = evaluate(tangent, point, direction);
    for (int i = 0; i < point.length(); i++) {
      double p = point.getDouble(i);
      double slope = (2 * p * Math.cos(p * p) + Math.sin(p * p)) * Math.exp(p);
      assertEquals(slope * direction.getDouble(i), actual.getDouble(i), 1e-13);
    }
  }

  @Test
  void closedFormOfAMatrixProduct() {
    SDVariable w = graph.var("w", gaussian(3, 3, 4));
    SDVariable y = graph.mmul(x, w);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    assertClose(direction.mmul(w.getArr()), evaluate(tangent, point, direction), 1e-14);
  }

  @Test
  void aSecondUseOnTheSameGraphIsIndependentOfTheFirst() {
    SDVariable y = graph.math.tanh(x).mul(x);
    INDArray value = evaluate(y, point, direction);
    SDVariable first = new ForwardMode().tangent(y, Map.of("x", dx));
    INDArray before = evaluate(first, point, direction);
    SDVariable second = new ForwardMode().tangent(y, Map.of("x", graph.math.neg(dx)));
    assertClose(before.neg(), evaluate(second, point, direction), 0);
    assertClose(before, evaluate(first, point, direction), 0);
    assertClose(value, evaluate(y, point, direction), 0);
  }

  @Test
  void isLinearInTheTangent() {
    SDVariable y = graph.nn.softmax(x.mul(x), 1);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    INDArray other = gaussian(4, 2, 3);
    INDArray combined = evaluate(tangent, point, direction.mul(3).sub(other.mul(2)));
    INDArray separate =
        evaluate(tangent, point, direction).mul(3).sub(evaluate(tangent, point, other).mul(2));
    assertClose(separate, combined, 1e-14);
  }

  @Test
  void appliedTwiceGivesTheSecondDerivative() {
    SDVariable y = x.mul(x).mul(x);
    SDVariable first = new ForwardMode().tangent(y, Map.of("x", dx));
    SDVariable second = new ForwardMode().tangent(first, Map.of("x", dx));
    assertClose(
        point.mul(6).mul(direction).mul(direction), evaluate(second, point, direction), 1e-13);
  }

  @Test
  void gradientsPassThroughATangent() {
    // y = w² x³ has the tangent 3 w² x² ẋ, whose sum has the gradient 6 w Σ x² ẋ by w.
    SDVariable w = graph.var("w", gaussian(3, 1, 3));
    SDVariable y = x.mul(x).mul(x).mul(w).mul(w);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    graph.setLossVariables(tangent.sum().name());
    INDArray gradient = graph.calculateGradients(Map.of("x", point, "dx", direction), "w").get("w");
    INDArray sum = point.mul(point).mul(direction).sum(true, 0);
    assertClose(sum.mul(w.getArr()).mul(6), gradient, 1e-13);
  }

  @Test
  void parametersAreConstantsUnlessNamed() {
    SDVariable w = graph.var("w", gaussian(3, 1, 3));
    SDVariable y = x.mul(w);
    SDVariable byInput = new ForwardMode().tangent(y, Map.of("x", dx));
    assertClose(direction.mul(w.getArr()), evaluate(byInput, point, direction), 1e-15);
    SDVariable ones = graph.constant(Nd4j.ones(DataType.DOUBLE, 1, 3));
    SDVariable byParameter = new ForwardMode().tangent(y, Map.of("w", ones));
    assertClose(point, evaluate(byParameter, point, direction), 1e-15);
  }

  @Test
  void aComputedVariableCanBeDifferentiatedBy() {
    SDVariable h = graph.math.exp(x);
    SDVariable y = h.mul(h);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of(h.name(), dx));
    assertClose(
        evaluate(h, point, direction).mul(direction).mul(2),
        evaluate(tangent, point, direction),
        1e-14);
  }

  @Test
  void constantSubgraphsCostNothing() {
    SDVariable w = graph.var("w", gaussian(3, 1, 3));
    SDVariable constant = graph.math.exp(graph.math.sin(graph.cumprod(w, 1)));
    SDVariable y = x.mul(constant);
    int before = graph.getOps().size();
    new ForwardMode().tangent(y, Map.of("x", dx));
    assertEquals(before + 1, graph.getOps().size(), "one product and nothing else");
  }

  @Test
  void anOutputThatDoesNotDependHasTangentZero() {
    SDVariable w = graph.var("w", gaussian(3, 2, 3));
    SDVariable y = w.add(graph.math.floor(x));
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    assertClose(Nd4j.zeros(DataType.DOUBLE, 2, 3), evaluate(tangent, point, direction), 0);
  }

  @Test
  void integerPathsCarryNoTangent() {
    SDVariable index = graph.argmax(x, 1).castTo(DataType.DOUBLE);
    SDVariable y = graph.math.square(x).sum(1).add(index);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    assertClose(point.mul(direction).mul(2).sum(1), evaluate(tangent, point, direction), 1e-14);
  }

  @Test
  void singlePrecision() {
    SameDiff single = SameDiff.create();
    SDVariable input = single.placeHolder("x", DataType.FLOAT, 2, 3);
    SDVariable seed = single.placeHolder("dx", DataType.FLOAT, 2, 3);
    SDVariable y = single.nn.layerNorm(single.nn.swish(input), ones(single, 3), false, 1);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", seed));
    assertEquals(DataType.FLOAT, tangent.dataType());
    INDArray actual =
        single
            .output(
                Map.of("x", point.castTo(DataType.FLOAT), "dx", direction.castTo(DataType.FLOAT)),
                tangent.name())
            .get(tangent.name());
    SDVariable gain = graph.constant(Nd4j.ones(DataType.DOUBLE, 3));
    SDVariable exact =
        new ForwardMode()
            .tangent(graph.nn.layerNorm(graph.nn.swish(x), gain, false, 1), Map.of("x", dx));
    assertClose(evaluate(exact, point, direction), actual.castTo(DataType.DOUBLE), 2e-5);
  }

  @Test
  void aRuleCanBeAdded() {
    // A cumulative product has no rule; without zeros its tangent is y Σ ẋ/x.
    SDVariable y = graph.cumprod(x, 1);
    TangentRules rules =
        TangentRules.standard()
            .with(
                "cumprod",
                o ->
                    List.of(
                        o.tangent(0)
                            .dividedBy(o.input(0))
                            .map(v -> graph.cumsum(v, 1))
                            .times(o.output())));
    SDVariable tangent = new ForwardMode(rules).tangent(y, Map.of("x", dx));
    INDArray expected = direction.div(point).cumsum(1).mul(evaluate(y, point, direction));
    assertClose(expected, evaluate(tangent, point, direction), 1e-13);
  }

  @Test
  void dropoutIsDifferentiatedAsAtInference() {
    SDVariable y = graph.nn.dropout(x.mul(3), 0.5);
    SDVariable tangent = new ForwardMode().tangent(y, Map.of("x", dx));
    assertClose(direction.mul(3), evaluate(tangent, point, direction), 1e-15);
  }

  private static SDVariable ones(SameDiff graph, long size) {
    return graph.constant(Nd4j.ones(DataType.FLOAT, size));
  }

  private INDArray evaluate(SDVariable variable, INDArray at, INDArray along) {
    Map<String, INDArray> values = new HashMap<>();
    values.put("x", at);
    values.put("dx", along);
    return graph.output(values, variable.name()).get(variable.name()).dup();
  }

  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertEquals(0, actual.sub(expected).amaxNumber().doubleValue(), tolerance);
  }

  private static INDArray gaussian(long step, long... shape) {
    return RandomStream.of(11, step, Purpose.EVALUATION).gaussians(DataType.DOUBLE, shape);
  }
}
