package org.tim4j.layers.kernel.attention;

import java.util.Arrays;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Softmax over the rows of a tile of scores, column by column: a row holds the scores of one key
 * for many queries. For all keys at once or for one part of them after another.
 */
final class Softmax {
  private final Worker worker;
  private final float[] work;
  private final float[] maximum;
  private final float[] sum;
  private final float[] part;
  private final float[] factor;

  /**
   * @param columns most columns of a tile
   * @param headDim width of partial results
   */
  Softmax(Worker worker, int columns, int headDim) {
    this.worker = worker;
    work = worker.row(Math.max(columns, headDim));
    maximum = worker.row(columns);
    sum = worker.row(columns);
    part = worker.row(columns);
    factor = worker.row(columns);
  }

  /** Replaces the scores of all keys by probabilities. */
  void whole(Columns scores) {
    start(scores.count());
    worker.loops().softmax().exponentiate(worker.rows(), scores, maximum, sum);
    for (int j = 0; j < scores.count(); j++) {
      factor[j] = 1f / sum[j];
    }
    worker.loops().softmax().scale(worker.rows(), scores, factor);
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
  void next(Columns scores, boolean first) {
    int n = scores.count();
    System.arraycopy(maximum, 0, factor, 0, n);
    worker.loops().softmax().exponentiate(worker.rows(), scores, maximum, part);
    if (!first) {
      VectorMath.subtract(factor, maximum, n);
      worker.exponential().exp(factor, factor, n);
      VectorMath.multiply(sum, factor, n);
    }
    VectorMath.add(sum, part, n);
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

  /**
   * Stores log Σ exp(score) of the columns. The Vector API's logarithm has other bits before the
   * compiler gets to it than after, so that this loop is the same in both sets.
   */
  void logSums(FloatMemory logs, long offset, int columns) {
    for (int j = 0; j < columns; j++) {
      work[j] = maximum[j] + (float) Math.log(sum[j]);
    }
    logs.write(offset, work, columns);
  }
}
