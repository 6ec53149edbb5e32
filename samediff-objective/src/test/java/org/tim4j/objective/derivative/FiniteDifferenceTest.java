package org.tim4j.objective.derivative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.Transports;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.TimeLaw;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VpSde;

class FiniteDifferenceTest {
  private static final OtFlowMatching FLOW = OtFlowMatching.standard();

  static Stream<Transport> transports() {
    return Transports.consistent();
  }

  /** The pair of expected data and noise moves along the flow, whose derivative is known. */
  private static TransitionBatch expectedPair(GaussianOracle oracle, double t, double r) {
    Transport transport = oracle.transport();
    double[] times = {t, t, t};
    INDArray deviation = RandomStream.of(4, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, 3, 5);
    INDArray state = deviation.mul(Math.sqrt(oracle.variance(t))).addi(oracle.mean(t));
    return new TransitionBatch(
        oracle.expectedData(state, times),
        oracle.expectedNoise(state, times),
        new Intervals(times, new double[] {r, r, r}, 0),
        null);
  }

  private static double error(GaussianOracle oracle, double t, double r, double epsilon) {
    Transport transport = oracle.transport();
    TransitionBatch batch = expectedPair(oracle, t, r);
    double[] times = batch.intervals().t();
    INDArray exact =
        oracle.timeDerivative(
            transport.interpolate(batch.x(), batch.noise(), times), times, batch.intervals().r());
    INDArray difference = FiniteDifference.withEpsilon(epsilon).of(oracle, transport, batch);
    return difference.sub(exact).norm2Number().doubleValue();
  }

  /** Slope of log error over log epsilon by least squares, for epsilons that double. */
  private static double order(GaussianOracle oracle, double t, double r, double smallest) {
    int count = 5;
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double log = Math.log(error(oracle, t, r, smallest * (1 << k)));
      sum += (k - (count - 1) / 2.0) * log;
    }
    // Σ (k - mean)² = 10 for five points.
    return sum / (10 * Math.log(2));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void theErrorFallsWithTheSquareOfEpsilon(Transport transport) {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, transport);
    double t = transport.tMax() * 0.4;
    double slope = order(oracle, t, transport.tMax() * 0.1, t * 1e-3);
    assertTrue(slope > 1.9 && slope < 2.1, transport + " has order " + slope);
  }

  @Test
  void oneSidedDifferencesAreOfSecondOrderToo() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, new Edm(new TimeLaw.LogNormal(0, 1), 1));
    Transport bounded = new BoundedFlow(0, 1);
    GaussianOracle forward = new GaussianOracle(0.7, 0.5, bounded);
    double atStart = order(forward, 1e-4, 0, 1e-3);
    double atEnd = order(forward, 1 - 1e-4, 0.3, 1e-3);
    assertTrue(atStart > 1.9 && atStart < 2.1, "order at the start: " + atStart);
    assertTrue(atEnd > 1.9 && atEnd < 2.1, "order at the end: " + atEnd);
    assertEquals(0, error(oracle, 0.004, 0.003, 0.005), 1e-3);
  }

  @Test
  void allPointsAreEvaluatedInOneCall() {
    GaussianOracle oracle = new GaussianOracle(0, 1, FLOW);
    List<double[]> calls = new ArrayList<>();
    TransitionBatch batch =
        batch(new Intervals(new double[] {0.5, 0.6, 0.7}, new double[] {0.5, 0.1, 0}, 1));
    INDArray derivative =
        FiniteDifference.withEpsilon(0.005)
            .of(
                (x, t, r, c) -> {
                  calls.add(t);
                  return oracle.apply(x, t, r, c);
                },
                FLOW,
                batch);
    assertEquals(1, calls.size());
    assertEquals(4, calls.get(0).length);
    assertEquals(0, derivative.slice(0).norm2Number().doubleValue());
    assertTrue(derivative.slice(1).norm2Number().doubleValue() > 0);
  }

  @Test
  void aBatchOfDiffusionSamplesNeedsNoPrediction() {
    INDArray derivative =
        FiniteDifference.standard()
            .of(
                (x, t, r, c) -> {
                  throw new AssertionError("no prediction is needed");
                },
                FLOW,
                batch(new Intervals(new double[] {0.5}, new double[] {0.5}, 1)));
    assertEquals(0, derivative.norm2Number().doubleValue());
  }

  @Test
  void pointsAboveTheLargestTimeAndBelowTheTargetAreKept() {
    List<Double> times = new ArrayList<>();
    FiniteDifference.withEpsilon(0.01)
        .of(
            (x, t, r, c) -> {
              for (double time : t) {
                times.add(time);
              }
              return x;
            },
            FLOW,
            batch(new Intervals(new double[] {0.995, 0.004}, new double[] {0.99, 0}, 0)));
    assertEquals(List.of(0.995 + 0.01, 0.995 - 0.01, 0.004 + 0.01, 0.004 - 0.01), times);
  }

  @Test
  void theVariancePreservingDefaultIsAccurateBelowEpsilon() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, VpSde.standard());
    TransitionBatch batch = expectedPair(oracle, 4e-5, 2e-5);
    double[] t = batch.intervals().t();
    INDArray exact =
        oracle.timeDerivative(
            VpSde.standard().interpolate(batch.x(), batch.noise(), t), t, batch.intervals().r());
    INDArray difference = FiniteDifference.standard().of(oracle, VpSde.standard(), batch);
    double relative =
        difference.sub(exact).norm2Number().doubleValue() / exact.norm2Number().doubleValue();
    assertTrue(relative < 0.1, "relative error: " + relative);
  }

  @Test
  void timesWithoutRoomOnEitherSideAreRefused() {
    Transport narrow = new BoundedFlow(0.5, 0.504);
    TransitionBatch batch = batch(new Intervals(new double[] {0.502}, new double[] {0.5}, 0));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> FiniteDifference.withEpsilon(0.005).of((x, t, r, c) -> x, narrow, batch));
    assertTrue(refusal.getMessage().contains("0.502"), refusal.getMessage());
    assertThrows(InvalidInputException.class, () -> FiniteDifference.withEpsilon(0));
    TransitionBatch negative = batch(new Intervals(new double[] {-0.1}, new double[] {-0.2}, 0));
    assertThrows(
        InvalidInputException.class,
        () -> FiniteDifference.standard().of((x, t, r, c) -> x, Edm.standard(), negative));
  }

  @Test
  void aPredictionThatIsNotFiniteIsReportedWithItsSample() {
    TransitionBatch batch =
        batch(new Intervals(new double[] {0.5, 0.6, 0.7}, new double[] {0.5, 0.1, 0}, 1));
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () ->
                FiniteDifference.standard()
                    .of(
                        (x, t, r, c) -> {
                          INDArray y = x.dup();
                          y.putScalar(3, 1, Double.NaN);
                          return y;
                        },
                        FLOW,
                        batch));
    assertEquals(2, failure.sample());
    assertEquals(0.7, failure.t());
    assertEquals(0, failure.r());
  }

  private static TransitionBatch batch(Intervals intervals) {
    RandomStream random = RandomStream.of(4, 1, Purpose.NOISE);
    return new TransitionBatch(
        random.gaussians(DataType.DOUBLE, intervals.size(), 5),
        random.gaussians(DataType.DOUBLE, intervals.size(), 5),
        intervals,
        null);
  }

  /** TrigFlow on a bounded domain. */
  private record BoundedFlow(double low, double high) implements Transport {
    private static final Transport FLOW = TrigFlow.standard();

    @Override
    public PathCoefficients path(double t) {
      return FLOW.path(t);
    }

    @Override
    public PredictionCoefficients prediction(double t) {
      return FLOW.prediction(t);
    }

    @Override
    public double cNoise(double t) {
      return t;
    }

    @Override
    public double dCNoise(double t) {
      return 1;
    }

    @Override
    public double tMin() {
      return low;
    }

    @Override
    public double tMax() {
      return high;
    }

    @Override
    public double sigmaData() {
      return 1;
    }

    @Override
    public TimeLaw timeLaw() {
      return new TimeLaw.Uniform(low, high);
    }

    @Override
    public boolean isDefinedAt(double t) {
      return t >= low && t <= high;
    }
  }
}
