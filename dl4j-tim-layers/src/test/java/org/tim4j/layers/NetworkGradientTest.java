package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.IntervalCondition;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Gradients of whole networks against central differences, in double precision. */
class NetworkGradientTest {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-6;
  private static final int BATCH = 3;

  private final RandomStream random = RandomStream.of(5, 0, Purpose.EVALUATION);

  private static TimNetworkConfig.Builder tiny() {
    return TimNetworkConfig.builder()
        .channels(2)
        .patch(2)
        .hidden(8)
        .depth(2)
        .heads(2)
        .dataType(DataType.DOUBLE);
  }

  static List<TimNetworkConfig> networks() {
    List<TimNetworkConfig> networks = new ArrayList<>();
    for (IntervalCondition condition : IntervalCondition.values()) {
      networks.add(
          tiny()
              .intervalCondition(condition)
              .separateIntervalEmbedding(condition.ordinal() % 2 == 0)
              .condition(new Condition.Classes(3, true))
              .representation(new RepresentationAlignment(1, 6, 5))
              .build());
    }
    networks.add(tiny().qkNorm(false).distanceAware(false).build());
    networks.add(tiny().condition(new Condition.Vector(4)).build());
    networks.add(tiny().condition(new Condition.Caption(5)).build());
    networks.add(
        tiny()
            .inputKind(InputKind.TOKENS)
            .patch(1)
            .representation(new RepresentationAlignment(2, 6, 5))
            .build());
    networks.add(
        tiny().inputKind(InputKind.ROWS).patch(1).channels(5).columns(List.of(1, 3, 1)).build());
    return networks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theGradientAgreesAlongRandomDirections(TimNetworkConfig config) {
    Problem problem = new Problem(config);
    INDArray gradient = problem.flatGradient();
    for (int draw = 0; draw < 3; draw++) {
      INDArray direction = random.gaussians(DataType.DOUBLE, gradient.length());
      double actual = gradient.mul(direction).sumNumber().doubleValue();
      double expected = problem.slope(problem.network.parameters(), direction);
      assertEquals(expected, actual, TOLERANCE * (1 + Math.abs(expected)));
    }
  }

  @Test
  void everyParameterArrayAgreesOnItsOwn() {
    Problem problem = new Problem(networks().get(0));
    Map<String, INDArray> gradients = problem.gradients();
    problem
        .network
        .parameterTable()
        .forEach(
            (name, values) -> {
              INDArray direction = random.gaussians(DataType.DOUBLE, values.shape());
              double actual = gradients.get(name).mul(direction).sumNumber().doubleValue();
              double expected = problem.slope(values, direction);
              assertEquals(expected, actual, TOLERANCE * (1 + Math.abs(expected)), name);
            });
  }

  /** Each parameter on its own. */
  @Test
  @Tag("study")
  void everySingleParameterAgrees() {
    Problem problem = new Problem(networks().get(0));
    INDArray gradient = problem.flatGradient();
    INDArray values = problem.network.parameters();
    for (long i = 0; i < values.length(); i++) {
      double kept = values.getDouble(i);
      values.putScalar(i, kept + STEP);
      double above = problem.loss();
      values.putScalar(i, kept - STEP);
      double below = problem.loss();
      values.putScalar(i, kept);
      double expected = (above - below) / (2 * STEP);
      assertEquals(
          expected, gradient.getDouble(i), 1e-4 * (1 + Math.abs(expected)), "parameter " + i);
    }
  }

  /** A network off its starting point, an input, and a linear loss of both outputs. */
  private final class Problem {
    final TimNetwork network;
    final TimInput input;
    final INDArray predictionError;
    final INDArray featureError;

    Problem(TimNetworkConfig config) {
      network = TimNetwork.create(config, 1);
      INDArray values = network.parameters();
      values.addi(random.gaussians(DataType.DOUBLE, values.length()).mul(0.1));
      input =
          new TimInput(
              random.gaussians(DataType.DOUBLE, shape(config.inputKind())),
              Nd4j.createFromArray(0.9, 0.6, 0.3).reshape(BATCH, 1),
              Nd4j.createFromArray(0.1, 0.6, 0.31).reshape(BATCH, 1),
              condition(config.condition()));
      TimOutput output = network.forward(input);
      predictionError = random.gaussians(DataType.DOUBLE, output.prediction().shape());
      featureError =
          output.features() == null
              ? null
              : random.gaussians(DataType.DOUBLE, output.features().shape());
    }

    private long[] shape(InputKind kind) {
      return switch (kind) {
        case IMAGE -> new long[] {BATCH, 2, 4, 6};
        case TOKENS -> new long[] {BATCH, 5, 2};
        case ROWS -> new long[] {BATCH, 1, 5};
      };
    }

    private INDArray condition(Condition condition) {
      if (condition instanceof Condition.Classes) {
        return Nd4j.createFromArray(0.0, 3.0, 1.0).reshape(BATCH, 1);
      }
      if (condition instanceof Condition.Vector vector) {
        return random.gaussians(DataType.DOUBLE, BATCH, vector.size());
      }
      if (condition instanceof Condition.Caption caption) {
        return random.gaussians(DataType.DOUBLE, BATCH, 3, caption.features());
      }
      return null;
    }

    double loss() {
      TimOutput output = network.forward(input);
      double loss = output.prediction().mul(predictionError).sumNumber().doubleValue();
      return featureError == null
          ? loss
          : loss + output.features().mul(featureError).sumNumber().doubleValue();
    }

    /** Returns the derivative of the loss when {@code values} move along {@code direction}. */
    double slope(INDArray values, INDArray direction) {
      INDArray kept = values.dup();
      values.addi(direction.mul(STEP));
      double above = loss();
      values.assign(kept).subi(direction.mul(STEP));
      double below = loss();
      values.assign(kept);
      return (above - below) / (2 * STEP);
    }

    INDArray flatGradient() {
      network.forward(input);
      return network.backward(predictionError, featureError).dup();
    }

    Map<String, INDArray> gradients() {
      TimNetwork carrier = network.copy();
      carrier.parameters().assign(flatGradient());
      return carrier.parameterTable();
    }
  }
}
