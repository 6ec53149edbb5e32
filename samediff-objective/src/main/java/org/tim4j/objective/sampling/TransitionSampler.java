package org.tim4j.objective.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.transport.Transport;

/**
 * Samples by transitions between the times of a list, from noise to data: {@code x_r = A(t, r) x_t
 * + B(t, r) f(x_t, t, r)}. Any number of steps serves, one included.
 *
 * <p>Instances hold no state of a run and may be used by several threads if the function may.
 */
public final class TransitionSampler {
  private final TransitionFunction function;
  private final Transport transport;

  /**
   * @param function the trained network or an exact prediction
   * @param transport the transport it was trained with
   */
  public TransitionSampler(TransitionFunction function, Transport transport) {
    this.function = Require.present("function", function);
    this.transport = Require.present("transport", transport);
  }

  /** Samples without reporting progress; see {@link #sample(SamplingRequest, SamplingListener)}. */
  public SamplingResult sample(SamplingRequest request) {
    return sample(request, (done, steps) -> {});
  }

  /**
   * Samples.
   *
   * @throws org.tim4j.layers.base.InvalidInputException if a time lies outside the transport's
   *     domain, or the transport knows no stochastic step and one was asked for
   * @throws NonFiniteException if a prediction or a state is not finite
   */
  public SamplingResult sample(SamplingRequest request, SamplingListener listener) {
    double[] times = request.timesFor(transport);
    INDArray state = request.startFor(transport);
    List<INDArray> states = new ArrayList<>();
    int steps = times.length - 1;
    int evaluations = 0;
    for (int k = 0; k < steps; k++) {
      if (request.keepsStates()) {
        states.add(state.castTo(request.dataType()).dup());
      }
      double t = times[k];
      double next = times[k + 1];
      Optional<Guidance> guidance =
          request.guidance().filter(g -> g.appliesAt(t, transport.tMax()));
      INDArray prediction = predict(request, state, k, new double[] {t, next}, guidance);
      boolean inner = k > 0 && k < steps - 1;
      double[] from = filled(state, t);
      double[] to = filled(state, next);
      state =
          inner && request.stochasticity() > 0
              ? transport.stochasticTransit(
                  state, prediction, from, to, request.stochasticity(), request.noiseOf(k))
              : transport.transit(state, prediction, from, to);
      requireFinite("the state", state, k, t, next);
      evaluations += guidance.isPresent() ? 2 : 1;
      listener.stepDone(k + 1, steps);
    }
    INDArray samples = state.castTo(request.dataType());
    if (request.keepsStates()) {
      states.add(samples.dup());
    }
    return new SamplingResult(samples, states, evaluations);
  }

  /** Predicts for the whole batch, in pieces of bounded size; returns double precision. */
  private INDArray predict(
      SamplingRequest request,
      INDArray state,
      int step,
      double[] interval,
      Optional<Guidance> guidance) {
    double t = interval[0];
    double r = request.mode() == SamplingMode.TRANSITION ? interval[1] : t;
    int count = (int) state.size(0);
    int piece = guidance.isPresent() ? request.maxBatch() / 2 : request.maxBatch();
    INDArray[] predictions = new INDArray[(count + piece - 1) / piece];
    for (int p = 0; p < predictions.length; p++) {
      int[] rows = IntStream.range(p * piece, Math.min(count, (p + 1) * piece)).toArray();
      INDArray x = SampleWise.pick(state, rows).castTo(request.dataType());
      INDArray condition = request.condition().map(c -> SampleWise.pick(c, rows)).orElse(null);
      INDArray prediction;
      if (guidance.isPresent()) {
        INDArray both =
            apply(
                Nd4j.concat(0, x, x),
                t,
                r,
                Nd4j.concat(0, condition, SampleWise.pick(request.nullCondition(), rows)));
        INDArray conditional = SampleWise.pick(both, IntStream.range(0, rows.length).toArray());
        INDArray free =
            SampleWise.pick(both, IntStream.range(rows.length, 2 * rows.length).toArray());
        prediction = free.add(conditional.sub(free).mul(guidance.get().scale()));
      } else {
        prediction = apply(x, t, r, condition);
      }
      predictions[p] = prediction;
    }
    INDArray all = predictions.length == 1 ? predictions[0] : Nd4j.concat(0, predictions);
    requireFinite("the prediction", all, step, t, r);
    return all;
  }

  private INDArray apply(INDArray x, double t, double r, INDArray condition) {
    return function.apply(x, filled(x, t), filled(x, r), condition).castTo(DataType.DOUBLE);
  }

  private static double[] filled(INDArray batch, double time) {
    double[] times = new double[(int) batch.size(0)];
    Arrays.fill(times, time);
    return times;
  }

  private void requireFinite(String what, INDArray values, int step, double t, double r) {
    if (Double.isFinite(values.sumNumber().doubleValue())) {
      return;
    }
    double[] all = Doubles.of(values);
    int length = all.length / (int) values.size(0);
    for (int j = 0; j < all.length; j++) {
      if (!Double.isFinite(all[j])) {
        throw new NonFiniteException(
            what + " in sampling step " + step, j / length, t, r, transport.name());
      }
    }
  }
}
