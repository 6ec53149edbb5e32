package org.tim4j.objective.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Transports;

class TransportTest {
  static Stream<Transport> transports() {
    return Transports.consistent();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void derivativesMatchDifferences(Transport transport) {
    for (double t : Transports.ascendingTimes(transport, 12)) {
      if (t <= transport.tMin()) {
        continue;
      }
      double width = 1e-6 * t;
      PathCoefficients path = transport.path(t);
      PathCoefficients above = transport.path(t + width);
      PathCoefficients below = transport.path(t - width);
      PredictionCoefficients p = transport.prediction(t);
      PredictionCoefficients pAbove = transport.prediction(t + width);
      PredictionCoefficients pBelow = transport.prediction(t - width);
      String which = transport + " at " + t;
      assertSlope(path.dAlpha(), above.alpha() - below.alpha(), width, which);
      assertSlope(path.dSigma(), above.sigma() - below.sigma(), width, which);
      assertSlope(p.dAlphaHat(), pAbove.alphaHat() - pBelow.alphaHat(), width, which);
      assertSlope(p.dSigmaHat(), pAbove.sigmaHat() - pBelow.sigmaHat(), width, which);
      double noiseChange = transport.cNoise(t + width) - transport.cNoise(t - width);
      assertSlope(transport.dCNoise(t), noiseChange, width, which);
    }
  }

  private static void assertSlope(double slope, double difference, double width, String which) {
    assertEquals(
        slope, difference / (2 * width), 1e-6 * (1 + Math.abs(slope)) + 1e-15 / width, which);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void closedFormsAgreeWithTheGeneralIdentity(Transport transport) {
    Transport general = new PathOnly(transport);
    double[] times = Transports.ascendingTimes(transport, 20);
    for (int i = 1; i < times.length; i++) {
      for (int j = transport.isDefinedAt(0) ? 0 : 1; j < i; j++) {
        TransitionCoefficients expected = general.transition(times[i], times[j]);
        TransitionCoefficients closed = transport.transition(times[i], times[j]);
        String which = transport + " from " + times[i] + " to " + times[j];
        assertEquals(expected.a(), closed.a(), 1e-10 * (1 + Math.abs(expected.a())), which);
        assertEquals(expected.b(), closed.b(), 1e-10 * (1 + Math.abs(expected.b())), which);
        assertEquals(expected.q(), closed.q(), 1e-8 * (1 + Math.abs(expected.q())), which);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void batchOperationsChangeNoInputAndKeepTheType(Transport transport) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      RandomStream random = RandomStream.of(3, 0, Purpose.NOISE);
      INDArray x = random.gaussians(type, 3, 2, 4, 4);
      INDArray noise = random.gaussians(type, 3, 2, 4, 4);
      INDArray xCopy = x.dup();
      INDArray noiseCopy = noise.dup();
      double middle = (transport.tMin() + transport.tMax()) / 2;
      double[] t = {middle, transport.tMax(), middle};
      double[] r = {middle, middle, transport.tMin()};
      INDArray xt = transport.interpolate(x, noise, t);
      assertEquals(type, xt.dataType());
      assertEquals(type, transport.velocity(x, noise, t).dataType());
      INDArray xtCopy = xt.dup();
      INDArray xr = transport.transit(xt, noise, t, r);
      assertArrayEquals(new long[] {3, 2, 4, 4}, xr.shape());
      assertEquals(xCopy, x);
      assertEquals(noiseCopy, noise);
      assertEquals(xtCopy, xt);
      assertEquals(xt.slice(0), xr.slice(0), "r = t must return the state itself");
      double expected =
          transport.path(t[1]).alpha() * x.getDouble(1, 1, 2, 3)
              + transport.path(t[1]).sigma() * noise.getDouble(1, 1, 2, 3);
      assertEquals(expected, xt.getDouble(1, 1, 2, 3), 1e-6 * (1 + Math.abs(expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void defaultTimesFallFromTheLargestToTheSmallest(Transport transport) {
    for (int steps : new int[] {1, 2, 7}) {
      double[] times = transport.defaultTimes(steps);
      assertEquals(steps + 1, times.length);
      assertEquals(transport.tMax(), times[0]);
      assertEquals(transport.tMin(), times[steps]);
      for (int k = 1; k <= steps; k++) {
        assertTrue(times[k] < times[k - 1]);
      }
    }
    assertThrows(InvalidInputException.class, () -> transport.defaultTimes(0));
  }

  @Test
  void logarithmicTimesHaveEqualRatios() {
    double[] times = VeSde.standard().defaultTimes(4);
    for (int k = 1; k < 4; k++) {
      assertEquals(times[k - 1] / times[k], times[k] / times[k + 1], 1e-12);
    }
  }

  @Test
  void domainsEndWhereTheFormulasDo() {
    assertTrue(OtFlowMatching.standard().isDefinedAt(-0.01));
    assertTrue(TrigFlow.standard().isDefinedAt(1.6));
    for (Transport transport :
        new Transport[] {
          Edm.standard(), EdmOfficial.standard(), VpSde.standard(), VeSde.standard()
        }) {
      assertFalse(transport.isDefinedAt(0), transport.name());
      assertFalse(transport.isDefinedAt(-0.001), transport.name());
      assertTrue(transport.isDefinedAt(transport.tMin()), transport.name());
    }
  }

  @Test
  void scalesOfDataAndPrior() {
    assertEquals(0.5, Edm.standard().dataScale());
    assertEquals(100, VeSde.standard().priorScale());
    assertEquals(1, OtFlowMatching.standard().priorScale());
    assertTrue(VpSde.standard().safeEpsilon(0.5) <= 5e-5);
  }

  /** exp(l) - 1 in float would be off by 2 % here. */
  @Test
  void variancePreservingSigmaIsAccurateForTinyTimes() {
    double t = 1e-5;
    double l = 19.9 * t * t / 2 + 0.1 * t;
    double series = Math.sqrt(l - l * l / 2);
    assertEquals(series, VpSde.standard().path(t).sigma(), 1e-14);
  }

  @Test
  void impossibleParametersAreRefused() {
    assertThrows(InvalidInputException.class, () -> new TimeLaw.LogNormal(0, 0));
    assertThrows(InvalidInputException.class, () -> new TimeLaw.LogNormal(Double.NaN, 1));
    assertThrows(InvalidInputException.class, () -> new Edm(new TimeLaw.LogNormal(0, 1), -0.5));
    assertThrows(InvalidInputException.class, () -> new VeSde(2, 1, 1));
    assertThrows(InvalidInputException.class, () -> new VpSde(0.1, 19.9, 0, 1000, 1));
    INDArray x = RandomStream.of(3, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, 2, 3);
    assertThrows(
        InvalidInputException.class,
        () -> OtFlowMatching.standard().interpolate(x, x, new double[] {0.5}));
  }

  /** Only what a new transport must give. */
  private record PathOnly(Transport of) implements Transport {
    @Override
    public PathCoefficients path(double t) {
      return of.path(t);
    }

    @Override
    public PredictionCoefficients prediction(double t) {
      return of.prediction(t);
    }

    @Override
    public double cNoise(double t) {
      return of.cNoise(t);
    }

    @Override
    public double dCNoise(double t) {
      return of.dCNoise(t);
    }

    @Override
    public double tMin() {
      return of.tMin();
    }

    @Override
    public double tMax() {
      return of.tMax();
    }

    @Override
    public double sigmaData() {
      return of.sigmaData();
    }

    @Override
    public TimeLaw timeLaw() {
      return of.timeLaw();
    }
  }
}
