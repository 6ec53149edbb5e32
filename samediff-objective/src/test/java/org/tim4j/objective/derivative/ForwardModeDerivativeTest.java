package org.tim4j.objective.derivative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.Transports;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.OtFlowMatching;
import org.tim4j.objective.transport.Transport;

class ForwardModeDerivativeTest {
  private static final OtFlowMatching FLOW = OtFlowMatching.standard();
  private static final INDArray CLASSES = Nd4j.createFromArray(new double[][] {{0}, {2}, {3}, {1}});

  private final ForwardModeDerivative forwardMode = new ForwardModeDerivative();

  static Stream<Transport> transports() {
    return Transports.consistent();
  }

  private static TimNetworkConfig.Builder config() {
    return TimNetworkConfig.builder()
        .channels(2)
        .patch(2)
        .hidden(16)
        .depth(2)
        .heads(2)
        .condition(new Condition.Classes(3, true))
        .dataType(DataType.DOUBLE);
  }

  /** A network whose parameters are all drawn, as a new one predicts 0. */
  private static TimNetwork network(TimNetworkConfig config) {
    TimNetwork network = TimNetwork.create(config, 0);
    randomize(network, 1);
    return network;
  }

  private static void randomize(TimNetwork network, long step) {
    INDArray parameters = network.parameters();
    INDArray drawn =
        RandomStream.of(3, step, Purpose.PARAMETERS)
            .gaussians(parameters.dataType(), parameters.shape());
    parameters.assign(drawn.muli(0.2));
  }

  /** Four transitions, the first of which is a diffusion sample. */
  private static TransitionBatch batch(Transport transport, INDArray condition, long... shape) {
    double low = transport.tMin();
    double span = transport.tMax() - low;
    double[] t = new double[4];
    double[] r = new double[4];
    for (int i = 0; i < 4; i++) {
      t[i] = low + span * (0.3 + 0.15 * i);
      r[i] = i == 0 ? t[0] : low + span * 0.07 * i;
    }
    return new TransitionBatch(
        gaussian(10, shape), gaussian(11, shape), new Intervals(t, r, 1), condition);
  }

  private static INDArray gaussian(long step, long... shape) {
    return RandomStream.of(3, step, Purpose.NOISE).gaussians(DataType.DOUBLE, shape);
  }

  private static double distance(INDArray a, INDArray b) {
    return a.sub(b).norm2Number().doubleValue() / b.norm2Number().doubleValue();
  }

  @Test
  void theErrorOfTheFiniteDifferenceFallsWithTheSquareOfEpsilon() {
    NetworkTransition f = new NetworkTransition(network(config().build()), FLOW);
    TransitionBatch batch = batch(FLOW, CLASSES, 4, 2, 8, 8);
    INDArray exact = forwardMode.of(f, FLOW, batch);
    int count = 5;
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double epsilon = 5e-4 * (1 << k);
      INDArray difference = FiniteDifference.withEpsilon(epsilon).of(f, FLOW, batch);
      sum += (k - (count - 1) / 2.0) * Math.log(distance(difference, exact));
    }
    // Least squares over log2 of five doubling epsilons: Σ (k - mean)² = 10.
    double slope = sum / (10 * Math.log(2));
    assertEquals(2, slope, 0.1);
  }

  /** The derivative is by the raw time, through whatever cNoise the transport has. */
  @ParameterizedTest
  @MethodSource("transports")
  void agreesWithExtrapolatedDifferencesOnEveryTransport(Transport transport) {
    NetworkTransition f = new NetworkTransition(network(config().build()), transport);
    TransitionBatch batch = batch(transport, CLASSES, 4, 2, 4, 4);
    double epsilon = 0.01 / transport.dCNoise(batch.intervals().t()[0]);
    INDArray coarse = FiniteDifference.withEpsilon(epsilon).of(f, transport, batch);
    INDArray fine = FiniteDifference.withEpsilon(epsilon / 2).of(f, transport, batch);
    // Richardson: the error of order two cancels.
    INDArray extrapolated = fine.mul(4).subi(coarse).divi(3);
    assertEquals(0, distance(extrapolated, forwardMode.of(f, transport, batch)), 1e-5);
  }

  @Test
  void diffusionSamplesAreZeroAndTheOthersDoNotDependOnThem() {
    NetworkTransition f = new NetworkTransition(network(config().build()), FLOW);
    TransitionBatch batch = batch(FLOW, CLASSES, 4, 2, 8, 8);
    INDArray derivative = forwardMode.of(f, FLOW, batch);
    assertEquals(0, derivative.get(NDArrayIndex.point(0)).amaxNumber().doubleValue());
    assertTrue(derivative.get(NDArrayIndex.point(1)).amaxNumber().doubleValue() > 0);

    INDArray changed = batch.x().dup();
    changed.get(NDArrayIndex.point(0)).assign(5);
    TransitionBatch other =
        new TransitionBatch(changed, batch.noise(), batch.intervals(), batch.condition());
    assertEquals(derivative, forwardMode.of(f, FLOW, other));

    double[] t = batch.intervals().t();
    TransitionBatch diffusion =
        new TransitionBatch(batch.x(), batch.noise(), new Intervals(t, t, 4), CLASSES);
    assertEquals(batch.x().ulike().assign(0), forwardMode.of(f, FLOW, diffusion));
  }

  @Test
  void theParametersOfTheMomentAreUsed() {
    TimNetwork network = network(config().build());
    NetworkTransition f = new NetworkTransition(network, FLOW);
    TransitionBatch batch = batch(FLOW, CLASSES, 4, 2, 8, 8);
    INDArray before = forwardMode.of(f, FLOW, batch);
    randomize(network, 2);
    INDArray after = forwardMode.of(f, FLOW, batch);
    assertEquals(new ForwardModeDerivative().of(f, FLOW, batch), after);
    assertTrue(distance(before, after) > 0.1);
  }

  @Test
  void sizesAndNetworksMayAlternate() {
    NetworkTransition first = new NetworkTransition(network(config().build()), FLOW);
    TimNetwork other = first.network().copy();
    other.parameters().muli(0.5);
    NetworkTransition second = new NetworkTransition(other, FLOW);
    TransitionBatch square = batch(FLOW, CLASSES, 4, 2, 8, 8);
    TransitionBatch wide = batch(FLOW, CLASSES, 4, 2, 4, 8);
    INDArray expected = forwardMode.of(first, FLOW, square);
    for (NetworkTransition f : new NetworkTransition[] {first, second, first}) {
      for (TransitionBatch batch : new TransitionBatch[] {wide, square, wide}) {
        INDArray difference = FiniteDifference.withEpsilon(1e-4).of(f, FLOW, batch);
        assertEquals(0, distance(difference, forwardMode.of(f, FLOW, batch)), 1e-6);
      }
    }
    assertEquals(expected, forwardMode.of(first, FLOW, square));
  }

  @Test
  void captionsVectorsTokensAndRows() {
    TimNetwork captions = network(config().condition(new Condition.Caption(6)).build());
    check(captions, gaussian(20, 4, 5, 6), 4, 2, 8, 8);
    TimNetwork vectors = network(config().condition(new Condition.Vector(3)).build());
    check(vectors, gaussian(21, 4, 3), 4, 2, 8, 8);
    TimNetwork tokens =
        network(
            config().inputKind(InputKind.TOKENS).patch(1).condition(new Condition.None()).build());
    check(tokens, null, 4, 7, 2);
    TimNetworkConfig.Builder rows = config().inputKind(InputKind.ROWS).patch(1).channels(4);
    rows.columns(List.of(1, 2, 1)).condition(new Condition.Vector(3));
    check(network(rows.build()), gaussian(21, 4, 3), 4, 1, 4);
  }

  private void check(TimNetwork network, INDArray condition, long... shape) {
    NetworkTransition f = new NetworkTransition(network, FLOW);
    TransitionBatch batch = batch(FLOW, condition, shape);
    INDArray difference = FiniteDifference.withEpsilon(1e-4).of(f, FLOW, batch);
    assertEquals(0, distance(difference, forwardMode.of(f, FLOW, batch)), 1e-6);
  }

  @Test
  void singlePrecisionOnTheFusedRuntime() {
    TimNetwork precise = network(config().build());
    TimNetwork fused =
        TimNetwork.create(config().dataType(DataType.FLOAT).runtime(TimRuntime.FUSED).build(), 0);
    fused.parameters().assign(precise.parameters().castTo(DataType.FLOAT));
    TransitionBatch batch = batch(FLOW, CLASSES, 4, 2, 8, 8);
    INDArray expected = forwardMode.of(new NetworkTransition(precise, FLOW), FLOW, batch);
    INDArray actual = forwardMode.of(new NetworkTransition(fused, FLOW), FLOW, batch);
    assertEquals(DataType.DOUBLE, actual.dataType(), "the type of the data");
    assertEquals(0, distance(actual, expected), 1e-5);
  }

  @Test
  void theBatchIsNotChanged() {
    NetworkTransition f = new NetworkTransition(network(config().build()), FLOW);
    TransitionBatch batch = batch(FLOW, CLASSES.dup(), 4, 2, 8, 8);
    INDArray x = batch.x().dup();
    INDArray noise = batch.noise().dup();
    forwardMode.of(f, FLOW, batch);
    assertEquals(x, batch.x());
    assertEquals(noise, batch.noise());
    assertEquals(CLASSES, batch.condition());
  }

  @Test
  void onlyNetworksHaveAGraph() {
    TransitionFunction oracle = new GaussianOracle(0, 1, FLOW);
    TransitionBatch batch = batch(FLOW, null, 4, 2);
    assertThrows(InvalidInputException.class, () -> forwardMode.of(oracle, FLOW, batch));
  }

  @Test
  void aMissingConditionIsNamed() {
    NetworkTransition f = new NetworkTransition(network(config().build()), FLOW);
    TransitionBatch batch = batch(FLOW, null, 4, 2, 8, 8);
    assertThrows(InvalidInputException.class, () -> forwardMode.of(f, FLOW, batch));
  }

  @Test
  void aDerivativeThatIsNotFiniteIsLoud() {
    TimNetwork network = network(config().build());
    network.parameters().assign(Double.NaN);
    NetworkTransition f = new NetworkTransition(network, FLOW);
    TransitionBatch batch = batch(FLOW, CLASSES, 4, 2, 8, 8);
    NonFiniteException error =
        assertThrows(NonFiniteException.class, () -> forwardMode.of(f, FLOW, batch));
    assertEquals(1, error.sample());
  }
}
