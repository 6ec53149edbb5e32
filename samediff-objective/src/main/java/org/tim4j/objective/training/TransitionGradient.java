package org.tim4j.objective.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.derivative.TimeDerivative;
import org.tim4j.objective.loss.RepresentationAlignment;
import org.tim4j.objective.loss.StateTransitionTarget;
import org.tim4j.objective.loss.Tangent;
import org.tim4j.objective.loss.TransitionLossValue;
import org.tim4j.objective.transport.Transport;

/**
 * Loss of a network on a batch and the gradient of all its parameters: the part of a training step
 * that changes nothing.
 */
public final class TransitionGradient {
  private final TrainingConfig config;
  private final NetworkTransition function;
  private final TimeDerivative derivative;

  /**
   * The loss of one batch.
   *
   * @param transition the transition loss
   * @param alignment mean cosine distance of the representation alignment, 0 where there is none
   * @param gradient flat gradient of all parameters; valid until the network's next pass
   */
  public record Value(TransitionLossValue transition, double alignment, INDArray gradient) {}

  /**
   * @param network its parameters are read at every call
   * @param config transport, derivative and loss
   */
  public TransitionGradient(TimNetwork network, TrainingConfig config) {
    this.config = Require.present("config", config);
    this.function = new NetworkTransition(network, config.transport());
    this.derivative = config.derivative().create();
  }

  /**
   * Computes target, loss and gradient.
   *
   * @param draw the batch
   * @param teacher the network that guides, used only by guidance-free training and null without it
   * @throws org.tim4j.objective.NonFiniteException if a derivative or the loss is not finite
   * @throws InvalidInputException if there are features to align with and the network has no
   *     alignment head, or they are not of its head's shape
   */
  public Value of(BatchDraw draw, TimNetwork teacher) {
    if (draw.features() != null && function.network().config().representation() == null) {
      throw new InvalidInputException(
          "the examples come with features to align with, but the network has no alignment head;"
              + " give the network's configuration a representation, or leave the features out");
    }
    TransitionBatch batch = draw.batch();
    INDArray target = target(draw, teacher);
    double[] t = batch.intervals().t();
    INDArray state = config.transport().interpolate(batch.x(), batch.noise(), t);
    TimOutput output =
        function
            .network()
            .forward(function.input(state, t, batch.intervals().r(), batch.condition()));
    TransitionLossValue loss =
        config.loss().evaluate(config.transport(), batch.intervals(), output.prediction(), target);
    if (draw.features() == null) {
      return new Value(loss, 0, function.network().backward(loss.gradient(), null));
    }
    RepresentationAlignment.Value aligned =
        config.alignment().evaluate(output.features(), draw.features());
    return new Value(
        loss, aligned.value(), function.network().backward(loss.gradient(), aligned.gradient()));
  }

  /** Returns the regression target; with guidance its instantaneous part is guided. */
  private INDArray target(BatchDraw draw, TimNetwork teacher) {
    Transport transport = config.transport();
    TransitionBatch batch = draw.batch();
    if (config.guidance() == null) {
      return StateTransitionTarget.of(transport, batch, derivative.of(function, transport, batch));
    }
    TransitionBatch undropped =
        new TransitionBatch(batch.x(), batch.noise(), batch.intervals(), draw.conditions());
    INDArray nulls =
        NullCondition.like(
            function.network().config().condition(), draw.conditions(), draw.nullCondition());
    TransitionBatch guided =
        config
            .guidance()
            .guide(new NetworkTransition(teacher, transport), transport, undropped, nulls);
    TransitionBatch path = config.guidance().tangent() == Tangent.GUIDED ? guided : batch;
    TransitionBatch along =
        new TransitionBatch(path.x(), path.noise(), path.intervals(), batch.condition());
    return StateTransitionTarget.of(transport, guided, derivative.of(function, transport, along));
  }
}
