package org.tim4j.layers.kernel;

/**
 * Softmax attention of one sample, {@code O = softmax(Q Kᵀ / √headDim) V} for every head, of which
 * never more than a tile of scores exists.
 *
 * <p>Where the keys fill more than one tile the softmax is made online: running maximum and sum per
 * query, earlier partial sums rescaled (Milakov and Gimelshein 2018; Dao et al. 2022). The forward
 * keeps one number per query and head, the logarithm of the softmax's denominator; the backward
 * makes the scores again from it.
 */
final class TiledAttention {
  private static final int TILE = 256;

  private final int heads;
  private final int headDim;
  private final float scale;
  private final AttentionBackward backward;

  TiledAttention(int heads, int headDim) {
    this.heads = heads;
    this.headDim = headDim;
    scale = (float) (1.0 / Math.sqrt(headDim));
    backward = new AttentionBackward(heads, headDim, scale, TILE);
  }

  /**
   * Fills {@code out} and {@code logSum}.
   *
   * @param logSum {@code [queries, heads]}
   */
  void forward(Worker worker, Heads q, Heads k, Heads v, Heads out, Rows logSum) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    FloatMemory scores = worker.scratch().take((long) TILE * TILE);
    FloatMemory partial = worker.scratch().take((long) TILE * headDim);
    Softmax softmax = new Softmax(worker, TILE);
    float[] logs = worker.row(q.tokens() * heads);
    for (int h = 0; h < heads; h++) {
      for (int from = 0; from < q.tokens(); from += TILE) {
        int queries = Math.min(TILE, q.tokens() - from);
        if (k.tokens() <= TILE) {
          wholeRows(worker, softmax, q, k, v, out, from, queries, h * headDim, scores);
        } else {
          online(worker, softmax, q, k, v, out, from, queries, h * headDim, scores, partial);
        }
        softmax.logSums(logs, from, queries, heads, h);
      }
    }
    logSum.memory().write(logSum.offset(), logs, q.tokens() * heads);
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  private void wholeRows(
      Worker worker,
      Softmax softmax,
      Heads q,
      Heads k,
      Heads v,
      Heads out,
      int from,
      int queries,
      int head,
      FloatMemory scores) {
    int keys = k.tokens();
    scores(worker, q, from, queries, k, 0, keys, head, scores);
    softmax.whole(scores, queries, keys);
    worker.gemm().a(scores, 0, keys).b(v.memory(), v.at(0, head), v.stride());
    worker.gemm().c(out.memory(), out.at(from, head), out.stride());
    worker.gemm().multiply(queries, headDim, keys, 1f, 0f);
  }

  private void online(
      Worker worker,
      Softmax softmax,
      Heads q,
      Heads k,
      Heads v,
      Heads out,
      int from,
      int queries,
      int head,
      FloatMemory scores,
      FloatMemory partial) {
    Rows sums = new Rows(partial, 0, queries, headDim);
    softmax.start(queries);
    for (int key = 0; key < k.tokens(); key += TILE) {
      int keys = Math.min(TILE, k.tokens() - key);
      scores(worker, q, from, queries, k, key, keys, head, scores);
      softmax.next(scores, queries, keys);
      if (key > 0) {
        softmax.rescale(sums);
      }
      worker.gemm().a(scores, 0, keys).b(v.memory(), v.at(key, head), v.stride());
      worker.gemm().c(sums, headDim);
      worker.gemm().multiply(queries, headDim, keys, 1f, key > 0 ? 1f : 0f);
    }
    softmax.finish(sums, out, from, head);
  }

  private void scores(
      Worker worker,
      Heads q,
      int from,
      int queries,
      Heads k,
      int key,
      int keys,
      int head,
      FloatMemory scores) {
    worker.gemm().a(q.memory(), q.at(from, head), q.stride());
    worker.gemm().b(k.memory(), k.at(key, head), k.stride()).c(scores, 0, keys);
    worker.gemm().multiplyTransposedB(queries, keys, headDim, scale, 0f);
  }

  /** Overwrites {@code dq}, {@code dk} and {@code dv}; see {@link AttentionBackward}. */
  void backward(Worker worker, AttentionBackward.Inputs inputs, Heads dq, Heads dk, Heads dv) {
    backward.run(worker, inputs, dq, dk, dv);
  }
}
