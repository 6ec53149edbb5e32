package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.thread.Lane;

/** A SwiGLU unit with all its biases on the last axis. */
public final class SwiGluKernel extends SampleKernel {
  private final GatedFeedForward unit;
  private final Bias bias;

  /**
   * @param layout parameters {@code W1}, {@code b1}, {@code W2}, {@code b2}
   */
  public SwiGluKernel(ParameterLayout layout) {
    super(layout);
    unit = new GatedFeedForward(layout, ParameterNames.SOLE);
    bias = new Bias(layout, ParameterNames.bias(ParameterNames.SOLE, 2));
  }

  @Override
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Lane lane = share.lane();
    Matrix x = share.input(0);
    Matrix y = share.part(output);
    bias.fill(lane, y);
    Matrix gates = share.scope().matrix(x.rows(), unit.keptWidth());
    unit.forward(lane, x, gates, y, 1f);
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Matrix x = share.input(0);
    Matrix dy = share.part(outputError);
    Matrix gates = share.scope().matrix(x.rows(), unit.keptWidth());
    Matrix dx =
        inputErrors[0] == null
            ? share.scope().matrix(x.rows(), unit.in())
            : share.part(inputErrors[0]);
    unit.fillKept(lane, x, gates);
    bias.backward(lane, dy);
    unit.backward(lane, x, gates, dy, dx, 0f);
  }
}
