package org.tim4j.objective.spark;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.training.BatchDraw;
import org.tim4j.objective.training.DivergenceException;
import org.tim4j.objective.training.Examples;
import org.tim4j.objective.training.Optimizer;
import org.tim4j.objective.training.OptimizerState;
import org.tim4j.objective.training.StepReport;
import org.tim4j.objective.training.TrainingConfig;
import org.tim4j.objective.training.TransitionGradient;

/** The steps of one worker between two averagings, on copies of what the driver sent. */
final class WorkerRun {
  private final long begin = System.nanoTime();
  private final TrainingConfig config;
  private final WorkerShare share;
  private final TimNetwork network;
  private final TimNetwork teacher;
  private final TransitionGradient gradient;
  private final Optimizer optimizer;
  private final INDArray ignoredAverage;
  private final List<StepReport> reports = new ArrayList<>();

  /**
   * @param parameters flat parameters; copied
   * @param states rows of the length of the parameters: first moment, second moment and, where the
   *     training is guided, the moving average; copied
   */
  WorkerRun(
      TimNetworkConfig networkConfig,
      TrainingConfig config,
      WorkerShare share,
      INDArray parameters,
      INDArray states) {
    this.config = config;
    this.share = share;
    this.network = TimNetwork.withParameters(networkConfig, parameters.dup());
    this.teacher =
        config.guidance() == null
            ? null
            : TimNetwork.withParameters(networkConfig, states.getRow(2).dup());
    this.gradient = new TransitionGradient(network, config);
    this.optimizer =
        Optimizer.of(
            networkConfig.runtime(),
            config.optimizer(),
            new OptimizerState(share.firstStep(), states.getRow(0).dup(), states.getRow(1).dup()));
    this.ignoredAverage = network.parameters().ulike();
  }

  TimNetwork network() {
    return network;
  }

  /**
   * Makes the next step.
   *
   * @throws DivergenceException if a derivative, a loss or a gradient is not finite
   */
  void step(Examples examples) {
    long step = share.firstStep() + reports.size();
    long stepBegin = System.nanoTime();
    BatchDraw draw =
        BatchDraw.of(config, share.drawOf(step), examples, network.config().condition());
    TransitionGradient.Value value;
    try {
      value = gradient.of(draw, teacher);
    } catch (NonFiniteException e) {
      throw new DivergenceException(step, e.getMessage(), e);
    }
    // The moving average is the driver's; the one made here is thrown away.
    double norm = optimizer.update(network.parameters(), value.gradient(), ignoredAverage, 0);
    if (!Double.isFinite(norm)) {
      throw new DivergenceException(step, "the norm of the gradient is " + norm);
    }
    reports.add(
        new StepReport(
            step,
            (step + 1) * config.batchSize(),
            value.transition().weighted(),
            value.transition().denoising(),
            value.alignment(),
            norm,
            (System.nanoTime() - stepBegin) * 1e-9));
  }

  WorkerOutcome outcome() {
    OptimizerState state = optimizer.state();
    return new WorkerOutcome(
        network.parameters(),
        Nd4j.vstack(state.firstMoment(), state.secondMoment()),
        List.copyOf(reports),
        (System.nanoTime() - begin) * 1e-9);
  }
}
