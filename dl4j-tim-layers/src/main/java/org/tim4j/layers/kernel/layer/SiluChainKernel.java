package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.base.ParameterNames;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.nn.SiluChain;

/**
 * Linear maps of the last axis with SiLU between them: the embedding of a condition vector, the
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
  protected void forward(Share share, FloatTensor output, Keep keep) {
    chain.forward(share.lane(), share.input(0), share.part(output));
  }

  @Override
  protected void backward(
      Share share, FloatTensor outputError, FloatTensor[] inputErrors, Keep kept) {
    Matrix dx = inputErrors[0] == null ? null : share.part(inputErrors[0]);
    chain.backward(share.lane(), share.input(0), share.part(outputError), dx);
  }
}
