package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.memory.FloatTensor;

/**
 * What a kernel is given of a batch.
 *
 * @param inputs the layer's inputs
 * @param masks for each input {@code [batch, length]}, 0 where attention must not look; null for an
 *     input of which all may be looked at
 */
public record Batch(FloatTensor[] inputs, FloatTensor[] masks) {
  /** Inputs of which all may be looked at. */
  public static Batch of(FloatTensor... inputs) {
    return new Batch(inputs, new FloatTensor[inputs.length]);
  }

  /** Number of samples. */
  int samples() {
    return inputs[0].size(0);
  }
}
