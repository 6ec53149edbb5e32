package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/**
 * Backward of {@link TiledAttention}: for every tile, keys in rows and queries in columns,
 *
 * <pre>
 * P = exp(scale K Qᵀ − logSum)     dP = V dOᵀ     dS = P ⊙ (dP − rowsum(dO ⊙ O))
 * dV += P dO     dQ += scale dSᵀ K     dK += scale dS Q
 * </pre>
 */
final class AttentionBackward {
  private final int heads;
  private final int headDim;
  private final float scale;

  AttentionBackward(int heads, int headDim, float scale) {
    this.heads = heads;
    this.headDim = headDim;
    this.scale = scale;
  }

  /**
   * What the forward made, and the error at it.
   *
   * @param dOut error at {@code out}
   */
  record Output(Rows out, Rows logSum, Rows dOut) {}

  /** Errors at queries, keys and values, to be overwritten. */
  record Errors(Columns q, Columns k, Rows v) {}

  /** Fills the errors. */
  void run(Worker worker, TiledAttention.Inputs in, Output output, Errors errors) {
    int mark = worker.scratch().mark();
    int rowMark = worker.markRows();
    AttentionTiles tiles = in.tiles(heads, headDim);
    FloatMemory scores = worker.scratch().take(tiles.floats());
    FloatMemory scoreErrors = worker.scratch().take(tiles.floats());
    FloatMemory deltas = deltas(worker, tiles, output);
    float[] logs = worker.row(tiles.columns());
    float[] delta = worker.row(tiles.columns());
    for (int pair = 0; pair < tiles.pairs(); pair += tiles.pairsAtOnce()) {
      int pairs = Math.min(tiles.pairsAtOnce(), tiles.pairs() - pair);
      for (int key = 0; key < tiles.keys(); key += tiles.keysAtOnce()) {
        int keys = Math.min(tiles.keysAtOnce(), tiles.keys() - key);
        for (int from = 0; from < tiles.queries(); from += tiles.queriesAtOnce()) {
          int queries = Math.min(tiles.queriesAtOnce(), tiles.queries() - from);
          int columns = pairs * queries;
          Columns tile = tiles.tile(scores, keys, columns);
          Columns dTile = tiles.tile(scoreErrors, keys, columns);
          for (int p = 0; p < pairs; p++) {
            AttentionTiles.Pair place = tiles.pair(pair + p, from, key);
            int column = p * queries;
            products(
                worker, in, output, place, tile.part(column, queries), dTile.part(column, queries));
          }
          long at = (long) pair * tiles.queries() + from;
          output.logSum.memory().read(output.logSum.offset() + at, logs, columns);
          deltas.read(at, delta, columns);
          worker.loops().softmax().differentiate(worker.rows(), tile, dTile, logs, delta);
          for (int p = 0; p < pairs; p++) {
            AttentionTiles.Pair place = tiles.pair(pair + p, from, key);
            int column = p * queries;
            Columns ready = tile.part(column, queries);
            values(worker, output, errors, place, ready, from > 0 ? 1f : 0f);
            keys(worker, in, errors, place, dTile.part(column, queries), from > 0 ? 1f : 0f);
            queries(worker, in, errors, place, dTile.part(column, queries), key > 0 ? 1f : 0f);
          }
        }
      }
    }
    worker.releaseRows(rowMark);
    worker.scratch().release(mark);
  }

  private void products(
      Worker worker,
      TiledAttention.Inputs in,
      Output output,
      AttentionTiles.Pair place,
      Columns tile,
      Columns dTile) {
    Gemm gemm = worker.gemm();
    in.scores(gemm, place, scale, tile);
    gemm.a(in.v(), place.key(), place.head()).b(output.dOut, place.query(), place.head());
    gemm.c(dTile);
    gemm.multiplyTransposedB(tile.height(), tile.count(), headDim, 1f, 0f);
  }

  private void values(
      Worker worker,
      Output output,
      Errors errors,
      AttentionTiles.Pair place,
      Columns tile,
      float keep) {
    Gemm gemm = worker.gemm().a(tile).b(output.dOut, place.query(), place.head());
    gemm.c(errors.v, place.key(), place.head());
    gemm.multiply(tile.height(), headDim, tile.count(), 1f, keep);
  }

  private void keys(
      Worker worker,
      TiledAttention.Inputs in,
      Errors errors,
      AttentionTiles.Pair place,
      Columns dTile,
      float keep) {
    Gemm gemm = worker.gemm().a(place.queries(in.q(), dTile.count())).b(dTile);
    gemm.c(place.keys(errors.k, dTile.height()));
    gemm.multiplyTransposedB(headDim, dTile.height(), dTile.count(), scale, keep);
  }

  private void queries(
      Worker worker,
      TiledAttention.Inputs in,
      Errors errors,
      AttentionTiles.Pair place,
      Columns dTile,
      float keep) {
    Gemm gemm = worker.gemm().a(place.keys(in.k(), dTile.height())).b(dTile);
    gemm.c(place.queries(errors.q, dTile.count()));
    gemm.multiply(headDim, dTile.count(), dTile.height(), scale, keep);
  }

  /** Σ over a head of {@code dO ⊙ O}, for each sample, head and query in this order. */
  private FloatMemory deltas(Worker worker, AttentionTiles tiles, Output output) {
    int queries = tiles.queries();
    int mark = worker.markRows();
    float[] o = worker.row(output.out.width());
    float[] d = worker.row(output.out.width());
    float[] sums = worker.row(heads * queries);
    FloatMemory deltas = worker.scratch().take((long) tiles.pairs() * queries);
    for (int s = 0; s < tiles.samples(); s++) {
      for (int i = 0; i < queries; i++) {
        output.out.read(s * queries + i, o);
        output.dOut.read(s * queries + i, d);
        for (int h = 0; h < heads; h++) {
          sums[h * queries + i] = VectorMath.dot(o, h * headDim, d, h * headDim, headDim);
        }
      }
      deltas.write((long) s * heads * queries, sums, heads * queries);
    }
    worker.releaseRows(mark);
    return deltas;
  }
}
