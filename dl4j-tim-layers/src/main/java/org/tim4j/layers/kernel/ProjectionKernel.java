package org.tim4j.layers.kernel;

import org.tim4j.layers.base.ParameterNames;

/** {@code y = x W + b} on the last axis: tokens that are no patches of a picture. */
public final class ProjectionKernel extends SampleKernel {
  private final Linear map;
  private final Bias bias;

  /**
   * @param layout parameters {@code W} and {@code b}
   */
  public ProjectionKernel(ParameterLayout layout) {
    super(layout);
    map = new Linear(layout, ParameterNames.weight(ParameterNames.SOLE));
    bias = new Bias(layout, ParameterNames.bias(ParameterNames.SOLE));
  }

  @Override
  void forward(Share share, FloatTensor output, Keep keep) {
    Rows y = share.part(output);
    map.forward(share.worker(), share.weights(), bias, share.input(0), y);
  }

  @Override
  void backward(
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
