package org.tim4j.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.Transports;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.transport.EdmOfficial;
import org.tim4j.objective.transport.Transport;

/** The objective against data whose flow map is known. */
class GaussianOracleTest {
  private static final double MEAN = 0.7;
  private static final double STD = 0.5;
  private static final int TIMES = 36;

  static Stream<Transport> transports() {
    return Transports.consistent();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void theExpectedTargetAtTheExactPredictionIsTheExactPrediction(Transport transport) {
    Grid grid = Grid.of(transport);
    assertTrue(grid.t().length >= 500, "pairs of times: " + grid.t().length);
    GaussianOracle oracle = new GaussianOracle(MEAN, STD, transport);
    Golden.assertClose(
        transport.toString(),
        oracle.apply(grid.state(), grid.t(), grid.r(), null),
        expectedTarget(oracle, transport, grid),
        1e-9);
  }

  /** The published form of EDM fails this test, which is why it is not the default. */
  @Test
  void theOfficialEdmIsNotItsOwnFixedPoint() {
    Transport official = EdmOfficial.standard();
    Grid grid = Grid.of(official);
    GaussianOracle oracle = new GaussianOracle(MEAN, STD, ((EdmOfficial) official).edm());
    double[] exact = Doubles.of(oracle.apply(grid.state(), grid.t(), grid.r(), null));
    double[] target = Doubles.of(expectedTarget(oracle, official, grid));
    double worst = 0;
    for (int i = 0; i < exact.length; i++) {
      worst = Math.max(worst, Math.abs(exact[i] - target[i]));
    }
    assertTrue(worst > 1, "largest difference: " + worst);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void theExactPredictionReachesTheFlowMap(Transport transport) {
    Grid grid = Grid.of(transport);
    GaussianOracle oracle = new GaussianOracle(MEAN, STD, transport);
    Golden.assertClose(
        transport.toString(),
        oracle.flow(grid.state(), grid.t(), grid.r()),
        transport.transit(
            grid.state(), oracle.apply(grid.state(), grid.t(), grid.r(), null), grid.t(), grid.r()),
        1e-10);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void twoTransitionsEqualOne(Transport transport) {
    Grid grid = Grid.of(transport);
    GaussianOracle oracle = new GaussianOracle(MEAN, STD, transport);
    double[] s = new double[grid.t().length];
    for (int i = 0; i < s.length; i++) {
      s[i] = 0.4 * grid.t()[i] + 0.6 * grid.r()[i];
    }
    INDArray direct = transit(oracle, grid.state(), grid.t(), grid.r());
    INDArray middle = transit(oracle, grid.state(), grid.t(), s);
    Golden.assertClose(transport.toString(), direct, transit(oracle, middle, s, grid.r()), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aTransitionOfNoLengthReturnsTheStateExactly(Transport transport) {
    Grid grid = Grid.of(transport);
    GaussianOracle oracle = new GaussianOracle(MEAN, STD, transport);
    assertEquals(grid.state(), transit(oracle, grid.state(), grid.t(), grid.t()));
  }

  /** Against the difference quotient along the closed-form flow. */
  @ParameterizedTest
  @MethodSource("transports")
  void theTimeDerivativeFollowsTheFlow(Transport transport) {
    Grid grid = Grid.of(transport);
    GaussianOracle oracle = new GaussianOracle(MEAN, STD, transport);
    int count = grid.t().length;
    double[] above = new double[count];
    double[] below = new double[count];
    double[] scale = new double[count];
    double[] minus = new double[count];
    for (int i = 0; i < count; i++) {
      double width = 1e-4 * Math.max(grid.t()[i], 0.01);
      above[i] = grid.t()[i] + width;
      below[i] = grid.t()[i] - width;
      scale[i] = 1 / (2 * width);
      minus[i] = -scale[i];
    }
    INDArray quotient =
        SampleWise.combine(
            scale,
            oracle.apply(oracle.flow(grid.state(), grid.t(), above), above, grid.r(), null),
            minus,
            oracle.apply(oracle.flow(grid.state(), grid.t(), below), below, grid.r(), null));
    Golden.assertClose(
        transport.toString(),
        quotient,
        oracle.timeDerivative(grid.state(), grid.t(), grid.r()),
        1e-5);
  }

  private static INDArray transit(GaussianOracle oracle, INDArray x, double[] t, double[] r) {
    return oracle.transport().transit(x, oracle.apply(x, t, r, null), t, r);
  }

  private static INDArray expectedTarget(GaussianOracle oracle, Transport transport, Grid grid) {
    TransitionBatch expected =
        new TransitionBatch(
            oracle.expectedData(grid.state(), grid.t()),
            oracle.expectedNoise(grid.state(), grid.t()),
            new Intervals(grid.t(), grid.r(), 0),
            null);
    return StateTransitionTarget.of(
        transport, expected, oracle.timeDerivative(grid.state(), grid.t(), grid.r()));
  }

  /** States of the marginal distribution at all pairs of times above the smallest. */
  private record Grid(double[] t, double[] r, INDArray state) {
    static Grid of(Transport transport) {
      double[] times = Transports.ascendingTimes(transport, TIMES);
      List<double[]> pairs = new ArrayList<>();
      for (int i = 1; i < times.length; i++) {
        for (int j = 0; j <= i; j++) {
          pairs.add(new double[] {times[i], times[j]});
        }
      }
      double[] t = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
      double[] r = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
      RandomStream random = RandomStream.of(11, 0, Purpose.NOISE);
      INDArray x = random.gaussians(DataType.DOUBLE, t.length, 3).muli(STD).addi(MEAN);
      INDArray noise = random.gaussians(DataType.DOUBLE, t.length, 3);
      return new Grid(t, r, transport.interpolate(x, noise, t));
    }
  }
}
