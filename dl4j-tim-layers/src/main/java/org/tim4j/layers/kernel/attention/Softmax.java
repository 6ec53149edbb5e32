package org.tim4j.layers.kernel.attention;

import java.util.Arrays;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * Softmax over the rows of a tile of scores, column by column: a row holds the scores of one key
 * for many queries. For all keys at once or for one part of them after another.
 */
final class Softmax {
  private final Lane lane;
  private final float[] work;
  private final float[] maximum;
  private final float[] sum;
  private final float[] part;
  private final float[] factor;

  /**
   * @param columns most columns of a tile
   * @param headDim width of partial results
   */
  Softmax(Lane lane, Scratch.Scope scope, int columns, int headDim) {
    this.lane = lane;
    work = scope.row(Math.max(columns, headDim));
    maximum = scope.row(columns);
    sum = scope.row(columns);
    part = scope.row(columns);
    factor = scope.row(columns);
  }

  /** Replaces the scores of all keys by probabilities. */
  void whole(Matrix scores) {
    start(scores.columns());
    lane.loops().softmax().exponentiate(lane.scratch(), scores, maximum, sum);
    for (int j = 0; j < scores.columns(); j++) {
      factor[j] = 1f / sum[j];
    }
    lane.loops().softmax().scale(lane.scratch(), scores, factor);
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
  void next(Matrix scores, boolean first) {
    int n = scores.columns();
    System.arraycopy(maximum, 0, factor, 0, n);
    lane.loops().softmax().exponentiate(lane.scratch(), scores, maximum, part);
    if (!first) {
      VectorMath.subtract(factor, maximum, n);
      lane.scratch().exponential().exp(factor, factor, n);
      VectorMath.multiply(sum, factor, n);
    }
    VectorMath.add(sum, part, n);
  }

  /** Brings partial results of earlier parts, a row for each column, to the present maximum. */
  void rescale(Matrix partial) {
    for (int i = 0; i < partial.rows(); i++) {
      if (factor[i] != 1f) {
        partial.read(i, work);
        VectorMath.scale(work, factor[i], partial.columns());
        partial.write(i, work);
      }
    }
  }

  /** Normalises the results and stores them in {@code out}. */
  void finish(Matrix partial, Matrix out) {
    for (int i = 0; i < partial.rows(); i++) {
      partial.read(i, work);
      VectorMath.scale(work, 1f / sum[i], partial.columns());
      out.write(i, work);
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
