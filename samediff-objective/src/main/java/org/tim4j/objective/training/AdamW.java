package org.tim4j.objective.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * AdamW with decoupled weight decay on every parameter and clipping by the norm of the whole
 * gradient, from ND4J operations: any floating type, any backend.
 *
 * <p>Order of an update (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, as
 * PyTorch orders it): {@code p *= 1 − lr·wd; m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; p −= lr/(1−β₁ᵏ)
 * · m / (√(v/(1−β₂ᵏ)) + ε)}.
 */
public final class AdamW implements Optimizer {
  private final AdamWSettings settings;
  private final INDArray firstMoment;
  private final INDArray secondMoment;
  private long updates;

  /**
   * @param settings learning rate, decays and clipping
   * @param state where to go on from; its arrays become this optimiser's own
   */
  public AdamW(AdamWSettings settings, OptimizerState state) {
    this.settings = settings;
    this.updates = state.updates();
    this.firstMoment = state.firstMoment();
    this.secondMoment = state.secondMoment();
  }

  @Override
  public double update(INDArray parameters, INDArray gradient, INDArray average, double decay) {
    double norm = gradient.norm2Number().doubleValue();
    if (!Double.isFinite(norm)) {
      return norm;
    }
    updates++;
    INDArray clipped = gradient.mul(settings.clipFactor(norm));
    parameters.muli(1.0 - settings.learningRate() * settings.weightDecay());
    firstMoment.muli(settings.beta1()).addi(clipped.mul(1.0 - settings.beta1()));
    secondMoment.muli(settings.beta2()).addi(clipped.muli(clipped).muli(1.0 - settings.beta2()));
    double firstCorrection = 1.0 - Math.pow(settings.beta1(), updates);
    double secondCorrection = 1.0 - Math.pow(settings.beta2(), updates);
    INDArray scale = Transforms.sqrt(secondMoment.div(secondCorrection), false);
    scale.addi(settings.epsilon());
    parameters.subi(firstMoment.div(scale).muli(settings.learningRate() / firstCorrection));
    average.muli(decay).addi(parameters.mul(1.0 - decay));
    return norm;
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(updates, firstMoment, secondMoment);
  }
}
