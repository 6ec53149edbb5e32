package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

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

  TiledAttention(int heads, int headDim) {
    this.heads = heads;
    this.headDim = headDim;
    scale = (float) (1.0 / Math.sqrt(headDim));
  }

  /**
   * Queries, keys and values of several samples, one behind the other.
   *
   * @param q a query of all heads in each column
   * @param k likewise
   * @param v a value of all heads in each row, as many as there are keys
   * @param mask of the batch
   * @param firstSample place of the first sample in the batch
   */
  record Inputs(int samples, Matrix q, Matrix k, Matrix v, KeyMask mask, int firstSample) {
    /** Fills a tile of one pair with {@code scale K Qᵀ}, low where the mask forbids. */
    void scores(Lane lane, AttentionTiles.Pair place, float scale, Matrix tile) {
      Matrix keys = place.keys(k, tile.rows());
      Matrix queries = place.queries(q, tile.columns());
      lane.gemm().multiplyTransposedA(keys, queries, tile, scale, 0f);
      int firstKey = place.key() - place.sample() * (k.columns() / samples);
      mask.lower(lane.scratch(), firstSample + place.sample(), firstKey, tile);
    }

    /** Whether the pair's queries have no key that they may attend to. */
    boolean isEmpty(AttentionTiles.Pair place) {
      return mask.isEmpty(firstSample + place.sample());
    }
  }

  /**
   * What a forward makes.
   *
   * @param out a query of all heads in each row
   * @param logSum memory for one number for each sample, head and query, in this order
   */
  record Output(Matrix out, Matrix logSum) {}

  /** Errors at queries, keys and values. */
  record Errors(Matrix q, Matrix k, Matrix v) {}

  private AttentionTiles tiles(Inputs in) {
    int queries = in.q.columns() / in.samples;
    int keys = in.k.columns() / in.samples;
    return new AttentionTiles(in.samples, heads, headDim, queries, keys);
  }

  /** Fills the output. */
  void forward(Lane lane, Inputs in, Output output) {
    try (Scratch.Scope scope = lane.open()) {
      new AttentionForward(lane, scope, tiles(in), scale).run(in, output);
    }
  }

  /**
   * Fills the errors.
   *
   * @param dOut error at the output
   */
  void backward(Lane lane, Inputs in, Output output, Matrix dOut, Errors errors) {
    try (Scratch.Scope scope = lane.open()) {
      new AttentionBackward(lane, scope, tiles(in), scale).run(in, output, dOut, errors);
    }
  }
}
