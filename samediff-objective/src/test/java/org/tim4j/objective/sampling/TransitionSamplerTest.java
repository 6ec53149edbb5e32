package org.tim4j.objective.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.Transports;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.Edm;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;
import org.tim4j.objective.transport.TrigFlow;
import org.tim4j.objective.transport.VeSde;

class TransitionSamplerTest {
  private static final OtFlowMatching FLOW = OtFlowMatching.standard();
  private static final int COUNT = 20_000;

  static Stream<Transport> transports() {
    return Transports.consistent();
  }

  /** Bounds are five standard errors of mean and variance. */
  @ParameterizedTest
  @MethodSource("transports")
  void anyNumberOfStepsGivesTheDistributionOfTheData(Transport transport) {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, transport);
    double tMax = transport.tMax();
    INDArray start =
        RandomStream.of(9, 0, Purpose.SAMPLE_START)
            .gaussians(DataType.DOUBLE, COUNT, 1)
            .muli(Math.sqrt(oracle.variance(tMax)))
            .addi(oracle.mean(tMax));
    double[] from = filled(tMax);
    double[] to = filled(transport.tMin());
    INDArray exact = oracle.flow(start, from, to);
    double variance = oracle.variance(transport.tMin());
    for (int steps : new int[] {1, 3, 64}) {
      SamplingResult result =
          new TransitionSampler(oracle, transport)
              .sample(SamplingRequest.fromStart(0, start).steps(steps).maxBatch(COUNT).build());
      Golden.assertClose(transport + " in " + steps, exact, result.samples(), 1e-8);
      assertMoments(
          oracle.mean(transport.tMin()), variance, result.samples(), transport + " in " + steps);
      assertEquals(steps, result.evaluations());
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void samplesFromNoiseHaveTheMomentsOfTheData(Transport transport) {
    double std = 0.5;
    GaussianOracle oracle = new GaussianOracle(0, std, transport);
    INDArray samples =
        new TransitionSampler(oracle, transport)
            .sample(
                SamplingRequest.fromNoise(5, COUNT, 1).steps(2).dataType(DataType.DOUBLE).build())
            .samples();
    assertMoments(0, oracle.variance(transport.tMin()), samples, transport.toString());
  }

  private static void assertMoments(double mean, double variance, INDArray samples, String which) {
    double[] values = Doubles.of(samples);
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += (value - mean) * (value - mean);
    }
    double n = values.length;
    assertEquals(mean, sum / n, 5 * Math.sqrt(variance / n), which);
    assertEquals(variance, squares / n, 5 * variance * Math.sqrt(2 / n), which);
  }

  /** With r = t the sampler is Euler's method, of first order. */
  @Test
  void theDiffusionModeIsOfFirstOrder() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, FLOW);
    INDArray start = RandomStream.of(9, 0, Purpose.SAMPLE_START).gaussians(DataType.DOUBLE, 50, 1);
    INDArray exact = oracle.flow(start, filled(1, 50), filled(0, 50));
    double[] errors = new double[2];
    for (int k = 0; k < 2; k++) {
      SamplingRequest request =
          SamplingRequest.fromStart(0, start).steps(64 << k).mode(SamplingMode.DIFFUSION).build();
      errors[k] =
          new TransitionSampler(oracle, FLOW)
              .sample(request)
              .samples()
              .sub(exact)
              .norm2Number()
              .doubleValue();
    }
    double order = Math.log(errors[0] / errors[1]) / Math.log(2);
    assertTrue(order > 0.9 && order < 1.1, "order " + order);
  }

  @Test
  void stochasticStepsKeepTheDistribution() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, FLOW);
    INDArray samples =
        new TransitionSampler(oracle, FLOW)
            .sample(
                SamplingRequest.fromNoise(3, COUNT, 1)
                    .steps(400)
                    .mode(SamplingMode.DIFFUSION)
                    .stochasticity(0.5)
                    .dataType(DataType.DOUBLE)
                    .maxBatch(COUNT)
                    .build())
            .samples();
    assertEquals(0.7, samples.meanNumber().doubleValue(), 0.02);
    assertEquals(0.5, samples.stdNumber().doubleValue(), 0.02);
  }

  @Test
  void noiseComesFromTheSeedOrTheCaller() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, FLOW);
    TransitionSampler sampler = new TransitionSampler(oracle, FLOW);
    List<Integer> asked = new ArrayList<>();
    SamplingRequest.Builder request =
        SamplingRequest.fromNoise(3, 6, 2).steps(4).stochasticity(0.2);
    INDArray seeded = sampler.sample(request.build()).samples();
    INDArray given =
        sampler
            .sample(
                request
                    .noise(
                        step -> {
                          asked.add(step);
                          return RandomStream.of(3, step, Purpose.SAMPLE_NOISE)
                              .gaussians(DataType.DOUBLE, 6, 2);
                        })
                    .build())
            .samples();
    assertEquals(seeded, given);
    assertEquals(List.of(1, 2), asked, "the first and the last step take no noise");
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                new TransitionSampler(
                        new GaussianOracle(0, 1, TrigFlow.standard()), TrigFlow.standard())
                    .sample(
                        SamplingRequest.fromNoise(3, 2, 2).steps(3).stochasticity(0.1).build()));
    assertTrue(refusal.getMessage().contains("TrigFlow"), refusal.getMessage());
  }

  /** Predicts the condition; remembers the size of each call. */
  private static final class Recorder implements TransitionFunction {
    private final List<Long> sizes = new ArrayList<>();
    private final List<Double> targets = new ArrayList<>();

    @Override
    public INDArray apply(INDArray x, double[] t, double[] r, INDArray condition) {
      sizes.add(x.size(0));
      targets.add(r[0]);
      return x.mul(0).addiColumnVector(condition);
    }
  }

  @Test
  void guidanceExcludesItsBoundsAndTakesOneBatchOfTwice() {
    Recorder recorder = new Recorder();
    INDArray start = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    INDArray condition = Nd4j.ones(DataType.DOUBLE, 3, 1);
    SamplingResult result =
        new TransitionSampler(recorder, FLOW)
            .sample(
                SamplingRequest.fromStart(0, start)
                    .times(1, 0.75, 0.5, 0.25, 0)
                    .condition(condition)
                    .guidance(new Guidance(3, 0.25, 1), condition.mul(2))
                    .build());
    // t = 1 and t = 0.25 lie on the bounds; between them f = 2 + 3 (1 - 2) = -1.
    assertEquals(List.of(3L, 6L, 6L, 3L), recorder.sizes);
    assertEquals(List.of(0.75, 0.5, 0.25, 0.0), recorder.targets);
    assertEquals(6, result.evaluations());
    assertEquals(-0.25 + 0.25 + 0.25 - 0.25, result.samples().getDouble(2, 1), 1e-15);
  }

  @Test
  void theSplitChangesNoSample() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, FLOW);
    TransitionSampler sampler = new TransitionSampler(oracle, FLOW);
    INDArray condition = Nd4j.ones(DataType.FLOAT, 23, 1);
    SamplingRequest.Builder request =
        SamplingRequest.fromNoise(7, 23, 1, 2, 2)
            .steps(3)
            .stochasticity(0.3)
            .condition(condition)
            .guidance(Guidance.of(2), condition);
    INDArray whole = sampler.sample(request.build()).samples();
    for (int rows : new int[] {2, 5, 46}) {
      assertEquals(whole, sampler.sample(request.maxBatch(rows).build()).samples());
    }
  }

  @Test
  void statesAndProgressAreGivenOnRequest() {
    GaussianOracle oracle = new GaussianOracle(0.7, 0.5, FLOW);
    INDArray start = RandomStream.of(9, 0, Purpose.SAMPLE_START).gaussians(DataType.DOUBLE, 4, 2);
    INDArray copy = start.dup();
    List<String> progress = new ArrayList<>();
    SamplingResult result =
        new TransitionSampler(oracle, FLOW)
            .sample(
                SamplingRequest.fromStart(0, start).times(0.9, 0.5, 0.1).keepStates().build(),
                (done, steps) -> progress.add(done + "/" + steps));
    assertEquals(List.of("1/2", "2/2"), progress);
    assertEquals(3, result.states().size());
    assertEquals(copy, start);
    assertEquals(start, result.states().get(0));
    Golden.assertClose(
        "middle",
        oracle.flow(start, filled(0.9, 4), filled(0.5, 4)),
        result.states().get(1),
        1e-12);
    assertEquals(result.samples(), result.states().get(2));
  }

  /** In float every step would round the state; here only the prediction is rounded. */
  @Test
  void statesAccumulateInDoublePrecision() {
    INDArray start = Nd4j.ones(DataType.FLOAT, 1, 1);
    TransitionFunction tiny = (x, t, r, c) -> x.mul(0).addi(1e-6);
    INDArray samples =
        new TransitionSampler(tiny, FLOW)
            .sample(SamplingRequest.fromStart(0, start).steps(1000).build())
            .samples();
    assertEquals(DataType.FLOAT, samples.dataType());
    assertEquals(1 - 1e-6, samples.getDouble(0), 6e-8);
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    TransitionFunction broken =
        (x, t, r, c) -> {
          INDArray y = x.dup();
          if (t[0] < 0.5) {
            y.putScalar(3, Double.NaN);
          }
          return y;
        };
    NonFiniteException failure =
        assertThrows(
            NonFiniteException.class,
            () ->
                new TransitionSampler(broken, FLOW)
                    .sample(SamplingRequest.fromNoise(1, 4, 2).steps(4).build()));
    assertEquals(1, failure.sample());
    assertEquals(0.25, failure.t());
    assertTrue(failure.getMessage().contains("sampling step 3"), failure.getMessage());
  }

  @Test
  void impossibleRequestsAreRefused() {
    INDArray start = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    SamplingRequest.Builder request = SamplingRequest.fromStart(0, start);
    assertThrows(InvalidInputException.class, () -> request.times(0.5));
    assertThrows(InvalidInputException.class, () -> request.times(0.5, 0.5));
    assertThrows(InvalidInputException.class, () -> request.times(0.5, Double.NaN));
    assertThrows(InvalidInputException.class, () -> request.steps(0));
    assertThrows(InvalidInputException.class, () -> request.stochasticity(-0.1));
    assertThrows(
        InvalidInputException.class, () -> request.condition(Nd4j.zeros(DataType.DOUBLE, 2, 1)));
    assertThrows(InvalidInputException.class, () -> SamplingRequest.fromNoise(0, 3));
    assertThrows(InvalidInputException.class, () -> SamplingRequest.fromNoise(0, 3, 0));
    assertThrows(InvalidInputException.class, () -> new Guidance(0.5, 0, 1));
    assertThrows(InvalidInputException.class, () -> new Guidance(2, 0.5, 0.2));
    assertThrows(
        InvalidInputException.class,
        () ->
            SamplingRequest.fromStart(0, start)
                .guidance(Guidance.of(2), Nd4j.zeros(DataType.DOUBLE, 3, 1))
                .build());
    for (Transport transport : new Transport[] {Edm.standard(), VeSde.standard()}) {
      InvalidInputException refusal =
          assertThrows(
              InvalidInputException.class,
              () ->
                  new TransitionSampler((x, t, r, c) -> x, transport)
                      .sample(SamplingRequest.fromStart(0, start).times(10, 0).build()));
      assertTrue(refusal.getMessage().contains("0.0"), refusal.getMessage());
    }
  }

  private static double[] filled(double time) {
    return filled(time, COUNT);
  }

  private static double[] filled(double time, int count) {
    double[] times = new double[count];
    Arrays.fill(times, time);
    return times;
  }
}
