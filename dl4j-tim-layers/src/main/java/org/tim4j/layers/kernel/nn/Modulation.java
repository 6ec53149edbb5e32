package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.memory.Matrix;

/**
 * The rows {@code [samples, chunks · width]} that a condition makes for a block, or the errors at
 * them: for every branch a shift, a scale and a gate.
 *
 * @param values row 0 is that of sample {@code firstSample}
 * @param tokens rows that one sample has
 */
public record Modulation(Matrix values, int firstSample, int tokens, int width) {
  /** Work on {@code count} rows from {@code from} on, all of one sample. */
  @FunctionalInterface
  interface SampleTask {
    void run(int sample, int from, int count);
  }

  /** The same chunks of the same samples in other rows. */
  public Modulation with(Matrix others) {
    return new Modulation(others, firstSample, tokens, width);
  }

  /**
   * Goes through a run of rows sample by sample.
   *
   * @param first position of the first row in the batch
   * @param rows number of rows
   * @param task its {@code from} counts from the first row
   */
  void forEachSample(int first, int rows, SampleTask task) {
    int next;
    for (int from = 0; from < rows; from = next) {
      int sample = (first + from) / tokens;
      next = Math.min(rows, (sample + 1) * tokens - first);
      task.run(sample, from, next - from);
    }
  }

  /** Copies a chunk of a sample. */
  void read(int sample, int chunk, float[] row) {
    values.read(sample - firstSample, chunk * width, row, width);
  }

  /** Overwrites a chunk of a sample. */
  void write(int sample, int chunk, float[] row) {
    values.write(sample - firstSample, chunk * width, row, width);
  }
}
