package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Parallelism;

/**
 * Forward and backward of one layer, or one vertex of a graph, in float32 on the CPU.
 *
 * <p>A kernel belongs to one network and is not for use by several threads at once; it divides its
 * work among the threads of the {@link Parallelism} that it is given. {@code weights} and {@code
 * gradients} are the layer's parameters in the order of {@link #parameters()}.
 */
public interface Kernel extends AutoCloseable {
  /** The layer's parameters, in the order in which they lie in memory. */
  ParameterLayout parameters();

  /** Fills {@code output}. */
  void forward(
      Parallelism parallelism, FloatMemory weights, Batch batch, FloatTensor output, Keep keep);

  /**
   * Overwrites {@code gradients} and {@code inputErrors}.
   *
   * @param batch the same as in the forward
   * @param outputError derivative of the loss with respect to the output; may be the same memory as
   *     the error of the first input, otherwise it is left as it is
   * @param inputErrors one for each input; null for an input whose error is not wanted
   * @param kept what the last forward was told to keep
   */
  void backward(
      Parallelism parallelism,
      FloatMemory weights,
      FloatMemory gradients,
      Batch batch,
      FloatTensor outputError,
      FloatTensor[] inputErrors,
      Keep kept);

  /** Frees the activations' memory. */
  @Override
  void close();
}
