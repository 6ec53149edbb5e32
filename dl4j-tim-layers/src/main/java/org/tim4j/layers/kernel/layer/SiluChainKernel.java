package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.SiluChain;

/**
 * LinearMap maps of the last axis with SiLU between them: the embedding of a condition vector, the
 * head for representation alignment.
 */
public final class SiluChainKernel extends SampleKernel {
  private final SiluChain chain;

  /**
   * @param layout parameters {@code W1}, {@code b1}, {@code W2}, {@code b2}, …
   * @param length number of maps
   */
  public SiluChainKernel(ParameterLayout layout, int length) {
    super(layout);
    chain = new SiluChain(layout, ParameterNames.SOLE, length);
  }

  @Override
  public void forward(Share share, FloatTensor output, Keep keep) {
    chain.forward(share.worker(), share.weights(), share.input(0), share.part(output));
  }

  @Override
  public void backward(
      Share share,
      FloatMemory gradients,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept) {
    Rows dx = inputErrors[0] == null ? null : share.part(inputErrors[0]);
    chain.backward(
        share.worker(), share.weights(), gradients, share.input(0), share.part(outputError), dx);
  }
}
