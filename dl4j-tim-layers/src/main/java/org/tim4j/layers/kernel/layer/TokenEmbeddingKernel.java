package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Worker;

/** {@code y = x W + b} on the last axis: tokens that are no patches of a picture. */
public final class TokenEmbeddingKernel extends SampleKernel {
  private final LinearMap map;
  private final Bias bias;

  /**
   * @param layout parameters {@code W} and {@code b}
   */
  public TokenEmbeddingKernel(ParameterLayout layout) {
    super(layout);
    map = new LinearMap(layout, ParameterNames.weight(ParameterNames.SOLE));
    bias = new Bias(layout, ParameterNames.bias(ParameterNames.SOLE));
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    Rows y = share.part(output);
    map.forward(share.worker(), share.weights(), bias, share.input(0), y);
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Worker worker = share.worker();
    Rows dy = share.part(outputError);
    bias.backward(worker, gradients, dy);
    map.backwardWeight(worker, gradients, share.input(0), dy);
    if (inputErrors[0] != null) {
      map.backwardInput(worker, share.weights(), dy, share.part(inputErrors[0]), 0f);
    }
  }
}
