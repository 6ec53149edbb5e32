package org.tim4j.objective.dropin;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.derivative.DifferencePoints;
import org.tim4j.objective.derivative.FiniteDifference;
import org.tim4j.objective.dropin.StackedLabels.Column;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.transport.Transport;

/**
 * Turns batches of (picture, condition) into batches of transitions for {@link
 * StateTransitionLoss}.
 *
 * <p>Give it to the iterator that {@code graph.fit} reads, or wrap that in a {@link
 * TransitionIterator} where something reads ahead or scores repeatedly. A picture {@code [batch,
 * channels, height, width]} is the first feature array; {@link BatchReader} finds the condition.
 * The k-th batch has the draws of the k-th step of {@link
 * org.tim4j.objective.training.TransitionTrainer} with the same configuration. The arrays of a
 * batch are replaced, not changed.
 *
 * <p>The time derivative must be the finite difference, and guidance must be none: both would need
 * the network while the data are prepared.
 */
public final class StateTransitionPreProcessor implements MultiDataSetPreProcessor {
  private static final long serialVersionUID = 1L;

  private final transient TrainingConfig config;
  private final transient TimNetworkConfig network;
  private final transient FiniteDifference difference;
  private final AtomicLong step = new AtomicLong();

  /**
   * Makes a preprocessor whose batches all have different draws.
   *
   * @param config seed, transport, intervals, derivative, loss and condition dropout
   * @param network what the trained graph was built from
   * @throws InvalidInputException if the configuration needs the network while data are prepared
   */
  public StateTransitionPreProcessor(TrainingConfig config, TimNetworkConfig network) {
    this.config = Require.present("config", config);
    this.network = Require.present("network", network);
    if (config.guidance() != null) {
      throw new InvalidInputException(
          "guidance in training asks a moving average of the network, which a preprocessor does not"
              + " have; leave guidance out or use TransitionTrainer");
    }
    if (!(config.derivative().create() instanceof FiniteDifference finite)) {
      throw new InvalidInputException(
          "the derivative "
              + config.derivative()
              + " asks the network, which a preprocessor does not have; choose the finite"
              + " difference or use TransitionTrainer");
    }
    this.difference = finite;
  }

  @Override
  public void preProcess(MultiDataSet batch) {
    preProcess(batch, step.getAndIncrement());
  }

  /**
   * Turns a batch into transitions with the draws of a step.
   *
   * @param batch its arrays are replaced, not changed
   * @param step counted from 0
   */
  void preProcess(MultiDataSet batch, long step) {
    BatchDraw draw =
        BatchDraw.of(config, step, BatchReader.read(batch, network), network.condition());
    TransitionBatch transitions = draw.batch();
    Transport transport = config.transport();
    Intervals intervals = transitions.intervals();
    DifferencePoints points = difference.points(transport, intervals);
    int[] owner =
        IntStream.concat(IntStream.range(0, intervals.size()), IntStream.of(points.sample()))
            .toArray();
    double[] t = join(intervals.t(), points.time());
    double[] r = join(intervals.r(), points.targets(intervals));
    INDArray state =
        transport.interpolate(
            SampleWise.pick(transitions.x(), owner),
            SampleWise.pick(transitions.noise(), owner),
            t);
    INDArray seenT = seen(t, state);
    INDArray seenR = seen(r, state);
    batch.setFeatures(
        transitions.condition() == null
            ? new INDArray[] {state, seenT, seenR}
            : new INDArray[] {
              state, seenT, seenR, SampleWise.pick(transitions.condition(), owner)
            });
    batch.setLabels(new INDArray[] {labels(transitions, points).toArray(state)});
    batch.setFeaturesMaskArrays(null);
    batch.setLabelsMaskArray(null);
  }

  private StackedLabels labels(TransitionBatch batch, DifferencePoints points) {
    Transport transport = config.transport();
    Intervals intervals = batch.intervals();
    double[] t = intervals.t();
    double[] r = intervals.r();
    int samples = intervals.size();
    double[] fixed =
        Doubles.of(StateTransitionTarget.of(transport, batch, batch.x().ulike().assign(0)));
    double[] weights = config.loss().weighting().weights(intervals, transport.sigmaData());
    int width = fixed.length / samples;
    StackedLabels labels = StackedLabels.empty(samples + points.count(), width);
    for (int i = 0; i < samples; i++) {
      labels.setData(i, fixed, i * width);
      labels.set(i, Column.OWNER, i);
      labels.set(i, Column.WEIGHT, weights[i]);
      labels.set(i, Column.T, t[i]);
      labels.set(i, Column.R, r[i]);
    }
    for (int p = 0; p < points.count(); p++) {
      int i = points.sample()[p];
      labels.set(samples + p, Column.OWNER, i);
      labels.set(
          samples + p,
          Column.COEFFICIENT,
          -transport.transition(t[i], r[i]).q() * points.weight()[p]);
      labels.set(samples + p, Column.T, points.time()[p]);
      labels.set(samples + p, Column.R, r[i]);
    }
    return labels;
  }

  private INDArray seen(double[] times, INDArray like) {
    double[] noise = Arrays.stream(times).map(config.transport()::cNoise).toArray();
    return Doubles.toArray(noise, like, times.length, 1);
  }

  private static double[] join(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
