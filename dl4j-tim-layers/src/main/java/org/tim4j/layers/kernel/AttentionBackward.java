package org.tim4j.layers.kernel;

/**
 * Backward of {@link TiledAttention}: for every pair of a query tile and a key tile
 *
 * <pre>
 * P = exp(scale Q Kᵀ − logSum)     dP = dO Vᵀ     dS = P ⊙ (dP − rowsum(dO ⊙ O))
 * dV += Pᵀ dO     dQ += scale dS K     dK += scale dSᵀ Q
 * </pre>
 */
final class AttentionBackward {
  private static final int STRIP = 1024;

  private final int heads;
  private final int headDim;
  private final float scale;
  private final int tile;

  AttentionBackward(int heads, int headDim, float scale, int tile) {
    this.heads = heads;
    this.headDim = headDim;
    this.scale = scale;
    this.tile = tile;
  }

  /**
   * What a forward had and made.
   *
   * @param dOut error at {@code out}
   */
  record Inputs(Heads q, Heads k, Heads v, Heads out, Rows logSum, Heads dOut) {}

  /** Overwrites {@code dq}, {@code dk} and {@code dv}. */
  void run(Worker worker, Inputs in, Heads dq, Heads dk, Heads dv) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    FloatMemory scores = worker.scratch().take((long) tile * tile);
    FloatMemory errors = worker.scratch().take((long) tile * tile);
    int queries = in.q.tokens();
    float[] logs = worker.row(queries * heads);
    in.logSum.memory().read(in.logSum.offset(), logs, queries * heads);
    float[] deltas = deltas(worker, in);
    float[] strip = worker.row(Math.max(STRIP, tile));
    float[] errorStrip = worker.row(Math.max(STRIP, tile));
    float[] work = worker.row(Math.max(STRIP, tile));
    Gemm gemm = worker.gemm();
    for (int h = 0; h < heads; h++) {
      int head = h * headDim;
      for (int key = 0; key < in.k.tokens(); key += tile) {
        int keys = Math.min(tile, in.k.tokens() - key);
        for (int from = 0; from < queries; from += tile) {
          int rows = Math.min(tile, queries - from);
          gemm.a(in.q.memory(), in.q.at(from, head), in.q.stride());
          gemm.b(in.k.memory(), in.k.at(key, head), in.k.stride()).c(scores, 0, keys);
          gemm.multiplyTransposedB(rows, keys, headDim, scale, 0f);
          gemm.a(in.dOut.memory(), in.dOut.at(from, head), in.dOut.stride());
          gemm.b(in.v.memory(), in.v.at(key, head), in.v.stride()).c(errors, 0, keys);
          gemm.multiplyTransposedB(rows, keys, headDim, 1f, 0f);
          int atOnce = Math.max(1, STRIP / keys);
          for (int i = 0; i < rows; i += atOnce) {
            int count = Math.min(atOnce, rows - i);
            int at = (from + i) * heads + h;
            scores.read((long) i * keys, strip, count * keys);
            errors.read((long) i * keys, errorStrip, count * keys);
            shift(strip, logs, at, count, keys);
            VectorMath.exp(strip, strip, work, count * keys);
            shift(errorStrip, deltas, at, count, keys);
            scores.write((long) i * keys, strip, count * keys);
            VectorMath.multiply(errorStrip, strip, count * keys);
            errors.write((long) i * keys, errorStrip, count * keys);
          }
          float keepKeys = from > 0 ? 1f : 0f;
          gemm.a(scores, 0, keys).b(in.dOut.memory(), in.dOut.at(from, head), in.dOut.stride());
          gemm.c(dv.memory(), dv.at(key, head), dv.stride());
          gemm.multiplyTransposedA(keys, headDim, rows, 1f, keepKeys);
          gemm.a(errors, 0, keys).b(in.q.memory(), in.q.at(from, head), in.q.stride());
          gemm.c(dk.memory(), dk.at(key, head), dk.stride());
          gemm.multiplyTransposedA(keys, headDim, rows, scale, keepKeys);
          gemm.b(in.k.memory(), in.k.at(key, head), in.k.stride());
          gemm.c(dq.memory(), dq.at(from, head), dq.stride());
          gemm.multiply(rows, headDim, keys, scale, key > 0 ? 1f : 0f);
        }
      }
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  /** Subtracts from each of {@code count} rows its number {@code from[at + i · heads]}. */
  private void shift(float[] strip, float[] from, int at, int count, int keys) {
    for (int i = 0; i < count; i++) {
      float value = from[at + i * heads];
      for (int j = i * keys; j < (i + 1) * keys; j++) {
        strip[j] -= value;
      }
    }
  }

  /** Σ over a head of {@code dO ⊙ O}, {@code [queries, heads]}. */
  private float[] deltas(Worker worker, Inputs in) {
    int width = heads * headDim;
    float[] deltas = worker.row(in.q.tokens() * heads);
    float[] o = worker.row(width);
    float[] d = worker.row(width);
    for (int i = 0; i < in.q.tokens(); i++) {
      in.out.memory().read(in.out.at(i, 0), o, width);
      in.dOut.memory().read(in.dOut.at(i, 0), d, width);
      for (int h = 0; h < heads; h++) {
        deltas[i * heads + h] = VectorMath.dot(o, h * headDim, d, h * headDim, headDim);
      }
    }
    return deltas;
  }
}
