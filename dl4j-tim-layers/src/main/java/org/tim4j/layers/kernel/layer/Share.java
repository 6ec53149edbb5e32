package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * One worker's part of a pass: samples {@code from} to {@code to} of the batch.
 *
 * @param weights the layer's parameters
 * @param inputs the layer's inputs, of the whole batch
 */
public record Share(Worker worker, FloatMemory weights, FloatTensor[] inputs, int from, int to) {
  /** Number of samples. */
  public int samples() {
    return to - from;
  }

  /** The rows of an input that belong to these samples. */
  public Rows input(int index) {
    return part(inputs[index]);
  }

  /** The rows of an array of the whole batch that belong to these samples. */
  public Rows part(FloatTensor tensor) {
    Rows all = tensor.rows();
    int each = all.count() / tensor.size(0);
    return all.part(from * each, (to - from) * each);
  }
}
