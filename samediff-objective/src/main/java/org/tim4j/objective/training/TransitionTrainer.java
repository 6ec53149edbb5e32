package org.tim4j.objective.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.image.ImageDescription;

/**
 * Trains a network on the state-transition objective.
 *
 * <p>Life cycle: made for a network and data, at step 0 or from a saved {@link TrainerState};
 * {@link #train} or repeated {@link #step()} change the network in place and keep a moving average
 * of its parameters; {@link #averageNetwork} gives the network to sample with; {@link #state} is
 * what to save. One thread at a time.
 *
 * <p>Listeners of Deeplearning4j that are set on {@code network.graph()}, such as {@code
 * StatsListener}, are told of every step of {@link #train}, too.
 *
 * <p>A step: draw times and noise; predict at {@code t ± ε} without gradient for {@code df/dt};
 * form the target; one pass with gradient; clip, AdamW, average. A number that is not finite stops
 * it before anything is changed.
 */
public final class TransitionTrainer implements TrainingProgress {
  private final TimNetwork network;
  private final TrainingConfig config;
  private final TrainingData data;
  private final List<TrainingListener> listeners;
  private final TransitionGradient gradient;
  private final INDArray average;
  private final TimNetwork teacher;
  private final Optimizer optimizer;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private long step;

  /**
   * Prepares training from the start.
   *
   * @param network changed in place by training
   * @param data where batches come from
   * @param listeners told of progress, in order
   */
  public TransitionTrainer(
      TimNetwork network,
      TrainingConfig config,
      TrainingData data,
      List<TrainingListener> listeners) {
    this(network, config, data, listeners, TrainerState.initial(network));
  }

  /**
   * Prepares training to go on.
   *
   * @param network holds the parameters that belong to {@code state}
   * @param state as returned by {@link #state}; its arrays become this trainer's own
   * @throws InvalidInputException if the state belongs to a network of another size
   */
  public TransitionTrainer(
      TimNetwork network,
      TrainingConfig config,
      TrainingData data,
      List<TrainingListener> listeners,
      TrainerState state) {
    this.network = Require.present("network", network);
    this.config = Require.present("config", config);
    this.data = Require.present("data", data);
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(0, new GraphListeners());
    this.listeners = List.copyOf(all);
    if (state.average().length() != network.parameterCount()) {
      throw new InvalidInputException(
          "the saved state holds "
              + state.average().length()
              + " parameters and the network "
              + network.parameterCount()
              + "; give the state that was saved with this network");
    }
    this.gradient = new TransitionGradient(network, config);
    this.average = state.average();
    this.optimizer =
        Optimizer.of(network.config().runtime(), config.optimizer(), state.optimizer());
    this.step = state.step();
    this.teacher = config.guidance() == null ? null : averageNetwork();
  }

  /**
   * Makes the steps that are left of {@link TrainingConfig#steps}. It ends after the step in
   * progress, with everything whole, when {@link #stop} is called or the thread is interrupted;
   * listeners are told of the end as after the last step, and the thread stays interrupted.
   */
  public void train() {
    TrainingLoop.run(listeners, this, stopping, () -> List.of(step()));
  }

  /**
   * Makes {@link #train} end after the step in progress, or at once if it is called later. Any
   * thread may call it, a listener too; calling {@link #train} again goes on.
   */
  public void stop() {
    stopping.set(true);
  }

  /**
   * Makes one step on the data's next batch, with draws keyed by (seed, step).
   *
   * @throws DivergenceException if a derivative, a loss or a gradient is not finite; nothing was
   *     changed
   */
  public StepReport step() {
    return step(
        BatchDraw.of(
            config,
            step,
            data.batch(config.seed(), step, config.batchSize()),
            network.config().condition()));
  }

  /**
   * Makes one step on a batch whose draws the caller made.
   *
   * @throws DivergenceException if a derivative, a loss or a gradient is not finite; nothing was
   *     changed
   */
  public StepReport step(BatchDraw draw) {
    long begin = System.nanoTime();
    if (teacher != null) {
      teacher.parameters().assign(average);
    }
    TransitionGradient.Value value;
    try {
      value = gradient.of(draw, teacher);
    } catch (NonFiniteException e) {
      throw new DivergenceException(step, e.getMessage(), e);
    }
    double norm =
        optimizer.update(
            network.parameters(), value.gradient(), average, config.average().at(step));
    if (!Double.isFinite(norm)) {
      throw new DivergenceException(step, "the norm of the gradient is " + norm);
    }
    step++;
    return new StepReport(
        step - 1,
        step * config.batchSize(),
        value.transition().weighted(),
        value.transition().denoising(),
        value.alignment(),
        norm,
        (System.nanoTime() - begin) * 1e-9);
  }

  @Override
  public TrainerState state() {
    return new TrainerState(step, average, optimizer.state());
  }

  @Override
  public TimNetwork network() {
    return network;
  }

  @Override
  public TrainingConfig config() {
    return config;
  }

  @Override
  public Optional<ImageDescription> images() {
    return data.images();
  }

  @Override
  public long stepsMade() {
    return step;
  }
}
