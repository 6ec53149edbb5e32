package org.tim4j.layers.kernel;

/** Row-wise softmax of a tile of scores, for whole rows at once or for one part after another. */
final class Softmax {
  /** Floats handled at once: short rows are bundled so that the loop over exp stays long. */
  private static final int STRIP = 1024;

  private final float[] strip;
  private final float[] work;
  private final float[] maximum;
  private final float[] sum;
  private final float[] factor;

  /**
   * @param tile longest row, and most rows of a tile
   */
  Softmax(Worker worker, int tile) {
    strip = worker.row(Math.max(STRIP, tile));
    work = worker.row(Math.max(STRIP, tile));
    maximum = worker.row(tile);
    sum = worker.row(tile);
    factor = worker.row(tile);
  }

  /** Replaces complete rows of scores by probabilities. */
  void whole(FloatMemory scores, int rows, int keys) {
    start(rows);
    int atOnce = Math.max(1, STRIP / keys);
    for (int from = 0; from < rows; from += atOnce) {
      int count = Math.min(atOnce, rows - from);
      exponentiate(scores, from, count, keys);
      for (int i = 0; i < count; i++) {
        float scale = 1f / sum[from + i];
        for (int j = i * keys; j < (i + 1) * keys; j++) {
          strip[j] *= scale;
        }
      }
      scores.write((long) from * keys, strip, count * keys);
    }
  }

  /** Begins rows whose scores come in parts. */
  void start(int rows) {
    for (int i = 0; i < rows; i++) {
      maximum[i] = Float.NEGATIVE_INFINITY;
      sum[i] = 0f;
    }
  }

  /** Replaces the next part of the rows by exp(score − running maximum), unnormalised. */
  void next(FloatMemory scores, int rows, int keys) {
    int atOnce = Math.max(1, STRIP / keys);
    for (int from = 0; from < rows; from += atOnce) {
      int count = Math.min(atOnce, rows - from);
      exponentiate(scores, from, count, keys);
      scores.write((long) from * keys, strip, count * keys);
    }
  }

  private void exponentiate(FloatMemory scores, int from, int count, int keys) {
    scores.read((long) from * keys, strip, count * keys);
    for (int i = 0; i < count; i++) {
      float before = maximum[from + i];
      float now = Math.max(before, VectorMath.max(strip, i * keys, keys));
      maximum[from + i] = now;
      factor[from + i] = before == now ? 1f : (float) Math.exp(before - now);
      for (int j = i * keys; j < (i + 1) * keys; j++) {
        strip[j] -= now;
      }
    }
    VectorMath.exp(strip, strip, work, count * keys);
    for (int i = 0; i < count; i++) {
      float part = VectorMath.sum(strip, i * keys, keys);
      sum[from + i] = sum[from + i] * factor[from + i] + part;
    }
  }

  /** Brings partial results of earlier parts to the present maximum. */
  void rescale(Rows partial) {
    for (int i = 0; i < partial.count(); i++) {
      if (factor[i] != 1f) {
        scaleRow(partial, i, factor[i]);
        partial.write(i, strip);
      }
    }
  }

  /** Normalises the results and stores them from row {@code from} of {@code out}. */
  void finish(Rows partial, Heads out, int from, int head) {
    for (int i = 0; i < partial.count(); i++) {
      scaleRow(partial, i, 1f / sum[i]);
      out.memory().write(out.at(from + i, head), strip, partial.width());
    }
  }

  private void scaleRow(Rows partial, int i, float scale) {
    partial.read(i, strip);
    for (int j = 0; j < partial.width(); j++) {
      strip[j] *= scale;
    }
  }

  /** Stores log Σ exp(score) of the rows at {@code logs[(from + i) · heads + head]}. */
  void logSums(float[] logs, int from, int rows, int heads, int head) {
    for (int i = 0; i < rows; i++) {
      logs[(from + i) * heads + head] = maximum[i] + (float) Math.log(sum[i]);
    }
  }
}
