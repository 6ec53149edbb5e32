package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.Bias;
import org.tim4j.layers.kernel.nn.LinearMap;
import org.tim4j.layers.kernel.thread.Lane;

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
  protected void forward(Share share, FloatTensor output, Keep keep) {
    Matrix y = share.part(output);
    map.forward(share.lane(), bias, share.input(0), y);
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Lane lane = share.lane();
    Matrix dy = share.part(outputError);
    bias.backward(lane, dy);
    map.backwardWeight(lane, share.input(0), dy);
    if (inputErrors[0] != null) {
      map.backwardInput(lane, dy, share.part(inputErrors[0]), 0f);
    }
  }
}
