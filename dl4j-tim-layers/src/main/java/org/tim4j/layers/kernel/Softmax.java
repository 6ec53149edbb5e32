package org.tim4j.layers.kernel;

import java.util.Arrays;

/**
 * Softmax over the rows of a tile of scores, column by column: a row holds the scores of one key
 * for many queries. For all keys at once or for one part of them after another.
 */
final class Softmax {
  private final Exponential exponential;
  private final float[][] rows;
  private final float[] work;
  private final float[] maximum;
  private final float[] sum;
  private final float[] factor;

  /**
   * @param keys most keys of a tile
   * @param columns most columns of a tile
   * @param headDim width of partial results
   */
  Softmax(Worker worker, int keys, int columns, int headDim) {
    exponential = worker.exponential();
    rows = new float[keys][];
    for (int k = 0; k < keys; k++) {
      rows[k] = worker.row(columns);
    }
    work = worker.row(Math.max(columns, headDim));
    maximum = worker.row(columns);
    sum = worker.row(columns);
    factor = worker.row(columns);
  }

  /** Replaces the scores of all keys by probabilities. */
  void whole(FloatMemory scores, int keys, int columns) {
    start(columns);
    read(scores, keys, columns);
    exponentiate(keys, columns);
    for (int j = 0; j < columns; j++) {
      factor[j] = 1f / sum[j];
    }
    for (int k = 0; k < keys; k++) {
      VectorMath.multiply(rows[k], factor, columns);
      scores.write((long) k * columns, rows[k], columns);
    }
  }

  /** Begins columns whose keys come in parts. */
  void start(int columns) {
    Arrays.fill(maximum, 0, columns, Float.NEGATIVE_INFINITY);
    Arrays.fill(sum, 0, columns, 0f);
  }

  /**
   * Replaces the scores of the next part of the keys by exp(score − running maximum), unnormalised.
   *
   * @param first whether it is the first part
   */
  void next(FloatMemory scores, int keys, int columns, boolean first) {
    System.arraycopy(maximum, 0, factor, 0, columns);
    read(scores, keys, columns);
    if (!first) {
      VectorMath.subtract(factor, maximum, columns);
      exponential.exp(factor, factor, columns);
      VectorMath.multiply(sum, factor, columns);
    }
    exponentiate(keys, columns);
    for (int k = 0; k < keys; k++) {
      scores.write((long) k * columns, rows[k], columns);
    }
  }

  private void read(FloatMemory scores, int keys, int columns) {
    for (int k = 0; k < keys; k++) {
      scores.read((long) k * columns, rows[k], columns);
      VectorMath.maximum(maximum, rows[k], columns);
    }
  }

  private void exponentiate(int keys, int columns) {
    for (int k = 0; k < keys; k++) {
      VectorMath.subtract(rows[k], maximum, columns);
      exponential.exp(rows[k], rows[k], columns);
      VectorMath.add(sum, rows[k], columns);
    }
  }

  /** Brings partial results of earlier parts, a row for each column, to the present maximum. */
  void rescale(Rows partial) {
    for (int i = 0; i < partial.count(); i++) {
      if (factor[i] != 1f) {
        partial.read(i, work);
        VectorMath.scale(work, factor[i], partial.width());
        partial.write(i, work);
      }
    }
  }

  /** Normalises the results and stores them from row {@code from} of {@code out}. */
  void finish(Rows partial, Rows out, int from, int column) {
    for (int i = 0; i < partial.count(); i++) {
      partial.read(i, work);
      VectorMath.scale(work, 1f / sum[i], partial.width());
      out.write(from + i, column, work, partial.width());
    }
  }

  /** Stores log Σ exp(score) of the columns. */
  void logSums(FloatMemory logs, long offset, int columns) {
    for (int j = 0; j < columns; j++) {
      work[j] = maximum[j] + (float) Math.log(sum[j]);
    }
    logs.write(offset, work, columns);
  }
}
