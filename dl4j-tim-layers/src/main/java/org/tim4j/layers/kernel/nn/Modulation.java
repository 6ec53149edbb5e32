package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.memory.Rows;

/**
 * The rows {@code [samples, chunks · width]} that a condition makes for a block, and their errors:
 * for every branch a shift, a scale and a gate.
 *
 * @param values the modulation of the samples, row 0 being that of sample {@code firstSample}
 * @param errors errors to add to, in the same layout; null in a forward
 * @param tokens rows that one sample has
 */
public record Modulation(Rows values, Rows errors, int firstSample, int tokens, int width) {
  /** Work on {@code count} rows from {@code from} on, all of one sample. */
  @FunctionalInterface
  public interface SampleTask {
    void run(int sample, int from, int count);
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

  /** Copies a chunk of a sample's modulation. */
  public void read(int sample, int chunk, float[] row) {
    values.read(sample - firstSample, chunk * width, row, width);
  }

  /** Copies a chunk of a sample's error. */
  void readError(int sample, int chunk, float[] row) {
    errors.read(sample - firstSample, chunk * width, row, width);
  }

  /** Overwrites a chunk of a sample's error. */
  void writeError(int sample, int chunk, float[] row) {
    errors.write(sample - firstSample, chunk * width, row, width);
  }
}
