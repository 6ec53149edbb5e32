package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.GatedFeedForward;
import org.tim4j.layers.kernel.thread.Worker;

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
  public void forward(Share share, FloatTensor output, Keep keep) {
    Worker worker = share.worker();
    Rows x = share.input(0);
    Rows y = share.part(output);
    bias.fill(worker, share.weights(), y);
    Rows gates = worker.scratchRows(x.count(), unit.keptWidth());
    unit.forward(worker, share.weights(), x, gates, y, 1f);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows x = share.input(0);
    Rows dy = share.part(outputError);
    Rows gates = worker.scratchRows(x.count(), unit.keptWidth());
    Rows dx =
        inputErrors[0] == null
            ? worker.scratchRows(x.count(), unit.in())
            : share.part(inputErrors[0]);
    unit.fillKept(worker, share.weights(), x, gates);
    bias.backward(worker, gradients, dy);
    unit.backward(worker, share.weights(), gradients, x, gates, dy, dx, 0f);
  }
}
