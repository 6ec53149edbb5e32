package org.tim4j.objective.derivative.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tim4j.objective.derivative.forward.CentralDifference.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Rules together: random graphs, and a network of the kind that people write. */
class CompositionTest {
  private static final int OPERATIONS = 25;

  private final SameDiff graph = SameDiff.create();

  /** Graphs of 25 operations on [4, 6] arrays, each operand drawn among all earlier results. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomGraphs(long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.EVALUATION);
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 4, 6);
    SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, 4, 6);
    List<SDVariable> results = new ArrayList<>(List.of(x, graph.constant(gaussian(1, 4, 6))));
    for (int i = 0; i < OPERATIONS; i++) {
      SDVariable a = results.get(random.nextInt(results.size()));
      SDVariable b = results.get(random.nextInt(results.size()));
      results.add(operation(random.nextInt(14), a, b));
    }
    SDVariable y = graph.math.mergeAdd(results.toArray(new SDVariable[0]));
    SDVariable dy = new ForwardMode().tangent(y, Map.of("x", dx));
    INDArray point = gaussian(2, 4, 6);
    INDArray direction = gaussian(3, 4, 6);
    INDArray expected =
        CentralDifference.of(y, Map.of("x", point, "dx", direction), Map.of("x", direction));
    INDArray actual = evaluate(dy, Map.of("x", point, "dx", direction));
    double scale = 1 + expected.amaxNumber().doubleValue();
    assertEquals(0, actual.sub(expected).amaxNumber().doubleValue(), 1e-8 * scale);
  }

  /** Operations from two [4, 6] arrays to one, with values and slopes of moderate size. */
  private SDVariable operation(int kind, SDVariable a, SDVariable b) {
    return switch (kind) {
      case 0 -> a.add(b);
      case 1 -> graph.math.tanh(a).mul(b);
      case 2 -> a.div(graph.math.square(b).add(1));
      case 3 -> graph.math.sin(a).sub(b);
      case 4 -> graph.nn.softmax(a, -1).mul(b);
      case 5 -> graph.nn.swish(a);
      case 6 -> graph.mmul(graph.nn.softmax(graph.mmul(a, b, false, true, false), 1), b);
      case 7 -> graph.math.standardize(a, 1);
      case 8 -> a.sub(b.mean(true, 1));
      case 9 -> a.mul(graph.math.rsqrt(graph.math.square(a).mean(true, 0).add(1)));
      case 10 -> graph.reshape(graph.permute(graph.reshape(a, 4, 3, 2), 0, 2, 1), 4, 6);
      case 11 -> {
        SDVariable[] halves = graph.split(a, 2, 1);
        yield graph.concat(1, halves[1], graph.nn.sigmoid(halves[0]));
      }
      case 12 -> graph.math.exp(graph.math.tanh(a)).add(b.norm2(0));
      default ->
          graph
              .stack(0, graph.unstack(a, 0, 4))
              .add(graph.gather(b, new int[] {5, 4, 3, 2, 1, 0}, 1));
    };
  }

  /**
   * A perceptron, attention with two heads and residual connections. Its tangent agrees with
   * differences, and with SameDiff's gradients by ⟨u, J v⟩ = ⟨Jᵀ u, v⟩.
   */
  @Test
  void perceptronAndAttention() {
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, -1, 5, 8);
    SDVariable dx = graph.placeHolder("dx", DataType.DOUBLE, -1, 5, 8);
    SDVariable u = graph.placeHolder("u", DataType.DOUBLE, -1, 5, 8);
    SDVariable h = x.add(attention(normalize(x, "attention")));
    SDVariable y = h.add(perceptron(normalize(h, "perceptron")));
    SDVariable loss = y.mul(u).sum();
    SDVariable dy = new ForwardMode().tangent(y, Map.of("x", dx));

    INDArray point = gaussian(2, 3, 5, 8);
    INDArray direction = gaussian(3, 3, 5, 8);
    INDArray weights = gaussian(4, 3, 5, 8);
    Map<String, INDArray> values = Map.of("x", point, "dx", direction, "u", weights);
    INDArray expected = CentralDifference.of(y, values, Map.of("x", direction));
    INDArray actual = evaluate(dy, values);
    assertEquals(0, actual.sub(expected).amaxNumber().doubleValue(), 1e-9);

    graph.setLossVariables(loss.name());
    INDArray gradient = graph.calculateGradients(values, "x").get("x");
    double forward = actual.mul(weights).sumNumber().doubleValue();
    double backward = gradient.mul(direction).sumNumber().doubleValue();
    assertEquals(backward, forward, 1e-11 * Math.abs(backward));
  }

  private SDVariable normalize(SDVariable x, String name) {
    SDVariable gain = graph.var(name + "Gain", gaussian(20, 8));
    SDVariable bias = graph.var(name + "Bias", gaussian(21, 8));
    return graph.nn.layerNorm(x, gain, bias, false, 2);
  }

  private SDVariable attention(SDVariable x) {
    SDVariable[] qkv = graph.unstack(graph.reshape(rows(x, "qkv", 8, 24), -1, 5, 3, 2, 4), 2, 3);
    SDVariable q = graph.permute(qkv[0], 0, 2, 1, 3);
    SDVariable k = graph.permute(qkv[1], 0, 2, 1, 3);
    SDVariable v = graph.permute(qkv[2], 0, 2, 1, 3);
    SDVariable scores = graph.nn.softmax(graph.mmul(q, k, false, true, false).mul(0.5), -1);
    SDVariable mixed = graph.permute(graph.mmul(scores, v), 0, 2, 1, 3);
    return graph.reshape(rows(mixed, "projection", 8, 8), -1, 5, 8);
  }

  private SDVariable perceptron(SDVariable x) {
    SDVariable hidden = graph.nn.gelu(rows(x, "first", 8, 16));
    return graph.reshape(rows(hidden, "second", 16, 8), -1, 5, 8);
  }

  private SDVariable rows(SDVariable x, String name, int inputs, int outputs) {
    SDVariable w = graph.var(name + "W", gaussian(inputs, inputs, outputs).mul(0.3));
    SDVariable b = graph.var(name + "B", gaussian(outputs, outputs));
    return graph.mmul(graph.reshape(x, -1, inputs), w).add(b);
  }

  private static INDArray gaussian(long step, long... shape) {
    return RandomStream.of(17, step, Purpose.EVALUATION).gaussians(DataType.DOUBLE, shape);
  }
}
