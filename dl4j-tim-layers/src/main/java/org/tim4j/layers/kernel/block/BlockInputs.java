package org.tim4j.layers.kernel.block;

import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * The inputs of a block, or the errors at them, to be filled.
 *
 * @param delta the interval embedding; null if the block does not use it
 * @param caption null if the block has no cross-attention
 */
record BlockInputs(
    FloatTensor tokens, FloatTensor condition, FloatTensor delta, FloatTensor caption) {
  int tokensPerSample() {
    return tokens.rows().rows() / tokens.size(0);
  }

  /** The rows of samples {@code first} to {@code first + count} of the caption, or null. */
  Matrix captionRows(int first, int count) {
    return caption == null
        ? null
        : caption.rows().rows(first * caption.size(1), count * caption.size(1));
  }
}
