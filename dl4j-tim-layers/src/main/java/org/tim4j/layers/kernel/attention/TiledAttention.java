package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Softmax attention, {@code O = softmax(Q Kᵀ / √headDim) V} for every head of every sample, of
 * which never more than a tile of scores exists.
 *
 * <p>A tile holds the scores of a run of keys in its rows, and in its columns the queries of one
 * head; short samples share a tile, so that a row is long. Where the keys fill more than one tile
 * the softmax is made online: running maximum and sum per query, earlier partial sums rescaled
 * (Milakov and Gimelshein 2018; Dao et al. 2022). The forward keeps one number per query and head,
 * the logarithm of the softmax's denominator; the backward makes the scores again from it.
 */
final class TiledAttention {
  private final int heads;
  private final int headDim;
  private final float scale;
  private final AttentionBackward backward;

  TiledAttention(int heads, int headDim) {
    this.heads = heads;
    this.headDim = headDim;
    scale = (float) (1.0 / Math.sqrt(headDim));
    backward = new AttentionBackward(heads, headDim, scale);
  }

  /**
   * Queries, keys and values of several samples, one behind the other.
   *
   * @param v rows of all heads, as many as there are keys
   */
  record Inputs(int samples, Columns q, Columns k, Rows v) {
    AttentionTiles tiles(int heads, int headDim) {
      return new AttentionTiles(samples, heads, headDim, q.count() / samples, k.count() / samples);
    }

    /** Fills a tile of one pair with {@code scale K Qᵀ}. */
    void scores(Gemm gemm, AttentionTiles.Pair place, float scale, Columns tile) {
      gemm.a(place.keys(k, tile.height())).b(place.queries(q, tile.count())).c(tile);
      gemm.multiplyTransposedA(tile.height(), tile.count(), place.headDim(), scale, 0f);
    }
  }

  /**
   * Fills {@code out} and {@code logSum}.
   *
   * @param logSum memory for one number for each sample, head and query, in this order
   */
  void forward(Worker worker, Inputs in, Rows out, Rows logSum) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    AttentionTiles tiles = in.tiles(heads, headDim);
    FloatMemory scores = worker.scratch().take(tiles.floats());
    Rows partial = worker.scratchRows(tiles.queriesAtOnce(), headDim);
    Softmax softmax = new Softmax(worker, tiles.columns(), headDim);
    for (int pair = 0; pair < tiles.pairs(); pair += tiles.pairsAtOnce()) {
      int pairs = Math.min(tiles.pairsAtOnce(), tiles.pairs() - pair);
      for (int from = 0; from < tiles.queries(); from += tiles.queriesAtOnce()) {
        int queries = Math.min(tiles.queriesAtOnce(), tiles.queries() - from);
        if (tiles.keys() == tiles.keysAtOnce()) {
          wholeColumns(worker, softmax, in, tiles, pair, pairs, from, queries, scores, out);
        } else {
          online(worker, softmax, in, tiles, pair, from, scores, partial.part(0, queries), out);
        }
        long at = logSum.offset() + (long) pair * tiles.queries() + from;
        softmax.logSums(logSum.memory(), at, pairs * queries);
      }
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  private void wholeColumns(
      Worker worker,
      Softmax softmax,
      Inputs in,
      AttentionTiles tiles,
      int pair,
      int pairs,
      int from,
      int queries,
      FloatMemory scores,
      Rows out) {
    int keys = tiles.keys();
    int columns = pairs * queries;
    Gemm gemm = worker.gemm();
    Columns tile = tiles.tile(scores, keys, columns);
    for (int p = 0; p < pairs; p++) {
      in.scores(gemm, tiles.pair(pair + p, from, 0), scale, tile.part(p * queries, queries));
    }
    softmax.whole(tile);
    for (int p = 0; p < pairs; p++) {
      AttentionTiles.Pair place = tiles.pair(pair + p, from, 0);
      gemm.a(tile.part(p * queries, queries)).b(in.v, place.key(), place.head());
      gemm.c(out, place.query(), place.head());
      gemm.multiplyTransposedA(queries, headDim, keys, 1f, 0f);
    }
  }

  private void online(
      Worker worker,
      Softmax softmax,
      Inputs in,
      AttentionTiles tiles,
      int pair,
      int from,
      FloatMemory scores,
      Rows sums,
      Rows out) {
    int queries = sums.count();
    Gemm gemm = worker.gemm();
    softmax.start(queries);
    for (int key = 0; key < tiles.keys(); key += tiles.keysAtOnce()) {
      int keys = Math.min(tiles.keysAtOnce(), tiles.keys() - key);
      AttentionTiles.Pair place = tiles.pair(pair, from, key);
      Columns tile = tiles.tile(scores, keys, queries);
      in.scores(gemm, place, scale, tile);
      softmax.next(tile, key == 0);
      if (key > 0) {
        softmax.rescale(sums);
      }
      gemm.a(tile).b(in.v, place.key(), place.head()).c(sums, headDim);
      gemm.multiplyTransposedA(queries, headDim, keys, 1f, key > 0 ? 1f : 0f);
    }
    AttentionTiles.Pair place = tiles.pair(pair, from, 0);
    softmax.finish(sums, out, place.query(), place.head());
  }

  /** See {@link AttentionBackward#run}. */
  void backward(
      Worker worker, Inputs in, AttentionBackward.Output output, AttentionBackward.Errors errors) {
    backward.run(worker, in, output, errors);
  }
}
