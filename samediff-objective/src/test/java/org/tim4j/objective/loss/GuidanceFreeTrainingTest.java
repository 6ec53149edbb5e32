package org.tim4j.objective.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.oracle.GaussianOracle;
import org.tim4j.objective.transport.OtFlowMatching;

/**
 * Guidance between two Gaussians: condition 0 is N(0.7, 0.5²), the null condition 1 is N(-0.3, 1).
 */
class GuidanceFreeTrainingTest {
  private static final OtFlowMatching FLOW = OtFlowMatching.standard();
  private static final GaussianOracle CONDITIONAL = new GaussianOracle(0.7, 0.5, FLOW);
  private static final GaussianOracle FREE = new GaussianOracle(-0.3, 1, FLOW);
  private static final double STRENGTH = 0.75;

  private static final TransitionFunction TEACHER =
      (x, t, r, condition) ->
          condition.getDouble(0) == 0
              ? CONDITIONAL.apply(x, t, r, condition)
              : FREE.apply(x, t, r, condition);

  private static TransitionBatch batch(double... t) {
    double[] r = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      r[i] = t[i] / 4;
    }
    INDArray state = RandomStream.of(8, 0, Purpose.NOISE).gaussians(DataType.DOUBLE, t.length, 2);
    return new TransitionBatch(
        CONDITIONAL.expectedData(state, t),
        CONDITIONAL.expectedNoise(state, t),
        new Intervals(t, r, 0),
        Nd4j.zeros(DataType.DOUBLE, t.length, 1));
  }

  private static TransitionBatch guide(GuidanceFreeTraining guidance, TransitionBatch batch) {
    return guidance.guide(
        TEACHER, FLOW, batch, Nd4j.ones(DataType.DOUBLE, batch.intervals().size(), 1));
  }

  @Test
  void theStateStaysAndTheVelocityIsGuided() {
    TransitionBatch batch = batch(0.3, 0.5, 0.8);
    double[] t = batch.intervals().t();
    INDArray state = FLOW.interpolate(batch.x(), batch.noise(), t);
    TransitionBatch guided = guide(GuidanceFreeTraining.standard(), batch);
    Golden.assertClose("state", state, FLOW.interpolate(guided.x(), guided.noise(), t), 1e-13);
    Golden.assertClose(
        "velocity", guidedVelocity(state, t), FLOW.velocity(guided.x(), guided.noise(), t), 1e-13);
  }

  @Test
  void samplesOutsideTheGuidedTimesAreLeftAlone() {
    TransitionBatch batch = batch(0.2999, 0.5, 0.8001);
    TransitionBatch guided = guide(GuidanceFreeTraining.standard(), batch);
    assertEquals(batch.x().slice(0), guided.x().slice(0));
    assertEquals(batch.noise().slice(2), guided.noise().slice(2));
    assertTrue(batch.x().slice(1).sub(guided.x().slice(1)).norm2Number().doubleValue() > 0.01);
    TransitionBatch outside = batch(0.1, 0.9);
    assertSame(outside, guide(GuidanceFreeTraining.standard(), outside));
  }

  /** The flow map of the guided velocity is a fixed point with the guided tangent only. */
  @Test
  void theGuidedTangentHasTheGuidedFlowAsFixedPoint() {
    TransitionBatch batch = batch(0.8, 0.6, 0.4);
    double[] t = batch.intervals().t();
    INDArray state = FLOW.interpolate(batch.x(), batch.noise(), t);
    TransitionFunction exact = GuidanceFreeTrainingTest::guidedFlow;
    INDArray expected = exact.apply(state, t, batch.intervals().r(), null);
    TransitionBatch guided =
        guide(new GuidanceFreeTraining(1, STRENGTH, 0, 1, Tangent.GUIDED), batch);
    FiniteDifference difference = FiniteDifference.withEpsilon(1e-4);
    INDArray withGuidedTangent =
        StateTransitionTarget.of(FLOW, guided, difference.of(exact, FLOW, guided));
    Golden.assertClose("guided tangent", expected, withGuidedTangent, 1e-6);
    INDArray withDataTangent =
        StateTransitionTarget.of(FLOW, guided, difference.of(exact, FLOW, batch));
    assertTrue(withDataTangent.sub(expected).amaxNumber().doubleValue() > 0.05);
  }

  @Test
  void theConditionalPredictionIsNotAskedForWithoutWeight() {
    TransitionBatch batch = batch(0.5, 0.6);
    GuidanceFreeTraining noConditional = new GuidanceFreeTraining(0.9, 0, 0, 1, Tangent.DATA);
    int[] calls = new int[1];
    noConditional.guide(
        (x, t, r, c) -> {
          calls[0]++;
          assertEquals(1, c.getDouble(0));
          return TEACHER.apply(x, t, r, c);
        },
        FLOW,
        batch,
        Nd4j.ones(DataType.DOUBLE, 2, 1));
    assertEquals(1, calls[0]);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(
        InvalidInputException.class, () -> new GuidanceFreeTraining(1, -0.1, 0, 1, Tangent.DATA));
    assertThrows(
        InvalidInputException.class,
        () -> new GuidanceFreeTraining(1, 0.5, 0.8, 0.3, Tangent.DATA));
    TransitionBatch noCondition =
        new TransitionBatch(batch(0.5).x(), batch(0.5).noise(), batch(0.5).intervals(), null);
    assertThrows(
        InvalidInputException.class, () -> guide(GuidanceFreeTraining.standard(), noCondition));
  }

  private static INDArray guidedVelocity(INDArray x, double[] t) {
    INDArray conditional = CONDITIONAL.apply(x, t, t, null);
    return conditional.add(conditional.sub(FREE.apply(x, t, t, null)).mul(STRENGTH));
  }

  /** {@code (x_t - x_r) / (t - r)} of the guided ODE, integrated by Runge and Kutta's method. */
  private static INDArray guidedFlow(INDArray x, double[] t, double[] r, INDArray condition) {
    int steps = 40;
    int n = t.length;
    INDArray state = x.dup();
    for (int k = 0; k < steps; k++) {
      double[] now = new double[n];
      double[] half = new double[n];
      double[] next = new double[n];
      INDArray h = Nd4j.create(DataType.DOUBLE, n, 1);
      for (int i = 0; i < n; i++) {
        double step = (r[i] - t[i]) / steps;
        now[i] = t[i] + k * step;
        half[i] = now[i] + step / 2;
        next[i] = now[i] + step;
        h.putScalar(i, step);
      }
      INDArray k1 = guidedVelocity(state, now);
      INDArray k2 = guidedVelocity(state.add(k1.mul(0.5).mulColumnVector(h)), half);
      INDArray k3 = guidedVelocity(state.add(k2.mul(0.5).mulColumnVector(h)), half);
      INDArray k4 = guidedVelocity(state.add(k3.mulColumnVector(h)), next);
      INDArray slope = k1.add(k2.mul(2)).add(k3.mul(2)).add(k4).div(6);
      state = state.add(slope.mulColumnVector(h));
    }
    INDArray length = Nd4j.create(DataType.DOUBLE, n, 1);
    for (int i = 0; i < n; i++) {
      length.putScalar(i, t[i] - r[i]);
    }
    return x.sub(state).divColumnVector(length);
  }
}
