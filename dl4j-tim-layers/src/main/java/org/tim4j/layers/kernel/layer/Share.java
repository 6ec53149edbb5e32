package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * One worker's part of a pass: samples {@code from} to {@code to} of the batch.
 *
 * @param scope memory until the end of the share
 * @param inputs the layer's inputs, of the whole batch
 */
public record Share(Lane lane, Scratch.Scope scope, FloatTensor[] inputs, int from, int to) {
  /** Number of samples. */
  public int samples() {
    return to - from;
  }

  /** The rows of an input that belong to these samples. */
  public Matrix input(int index) {
    return part(inputs[index]);
  }

  /** The rows of an array of the whole batch that belong to these samples. */
  public Matrix part(FloatTensor tensor) {
    Matrix all = tensor.rows();
    int each = all.rows() / tensor.size(0);
    return all.rows(from * each, (to - from) * each);
  }

  /** Like {@link #part}; null for null. */
  public Matrix partOrNull(FloatTensor tensor) {
    return tensor == null ? null : part(tensor);
  }
}
