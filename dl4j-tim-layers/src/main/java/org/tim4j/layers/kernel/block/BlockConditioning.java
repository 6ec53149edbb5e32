package org.tim4j.layers.kernel.block;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * What a block's condition makes for each sample: the modulation {@code SwiGLU(c)} and the addition
 * {@code ΔE W + b} to queries, keys and values.
 */
final class BlockConditioning {
  private final GatedFeedForward modulation;
  private final Bias modulationBias;
  private final LinearMap interval;
  private final Bias qkvBias;

  /**
   * @param distanceAware whether the interval adds to queries, keys and values
   */
  BlockConditioning(ParameterLayout layout, boolean distanceAware) {
    modulation = new GatedFeedForward(layout, ParameterNames.MODULATION);
    modulationBias = new Bias(layout, ParameterNames.bias(ParameterNames.MODULATION, 2));
    interval =
        distanceAware
            ? new LinearMap(layout, ParameterNames.weight(ParameterNames.INTERVAL))
            : null;
    qkvBias = new Bias(layout, ParameterNames.bias(ParameterNames.QUERY_KEY_VALUE));
  }

  /** Errors at the modulation and at the additions, one row a sample. */
  record Errors(Matrix modulation, Matrix additions) {}

  /** Values of a token and of the condition. */
  int width() {
    return modulation.in();
  }

  /** Width of the rows that the modulation keeps. */
  int keptWidth() {
    return modulation.keptWidth();
  }

  /** Width of the modulation's rows. */
  int modulationWidth() {
    return modulation.out();
  }

  /** Width of the additions. */
  int additionWidth() {
    return qkvBias.width();
  }

  /** Fills the tape, whose samples are the rows of {@code condition} and {@code delta}. */
  void forward(Lane lane, Matrix condition, Matrix delta, SampleTape tape) {
    modulationBias.fill(lane, tape.modulation());
    modulation.forward(lane, condition, tape.kept(), tape.modulation(), 1f);
    qkvBias.fill(lane, tape.additions());
    if (interval != null) {
      interval.forward(lane, delta, tape.additions(), 1f);
    }
  }

  /** Overwrites {@code dCondition} and {@code dDelta} and adds to the gradients. */
  void backward(
      Lane lane,
      Errors errors,
      Matrix condition,
      Matrix delta,
      SampleTape tape,
      Matrix dCondition,
      Matrix dDelta) {
    modulationBias.backward(lane, errors.modulation);
    modulation.backward(lane, condition, tape.kept(), errors.modulation, dCondition, 0f);
    qkvBias.backward(lane, errors.additions);
    if (interval != null) {
      interval.backwardWeight(lane, delta, errors.additions);
      interval.backwardInput(lane, errors.additions, dDelta, 0f);
    }
  }
}
