package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/** One forward of {@link TiledAttention}. */
final class AttentionForward {
  private final Gemm gemm;
  private final AttentionTiles tiles;
  private final float scale;
  private final FloatMemory scores;
  private final Matrix partial;
  private final Softmax softmax;

  AttentionForward(Lane lane, Scratch.Scope scope, AttentionTiles tiles, float scale) {
    gemm = lane.gemm();
    this.tiles = tiles;
    this.scale = scale;
    scores = scope.floats(tiles.floats());
    partial = scope.matrix(tiles.queriesAtOnce(), tiles.headDim());
    softmax = new Softmax(lane, scope, tiles.columns(), tiles.headDim());
  }

  void run(TiledAttention.Inputs in, TiledAttention.Output output) {
    for (int pair = 0; pair < tiles.pairs(); pair += tiles.pairsAtOnce()) {
      int pairs = Math.min(tiles.pairsAtOnce(), tiles.pairs() - pair);
      for (int from = 0; from < tiles.queries(); from += tiles.queriesAtOnce()) {
        int queries = Math.min(tiles.queriesAtOnce(), tiles.queries() - from);
        if (tiles.keys() == tiles.keysAtOnce()) {
          for (int p = 0; p < pairs; p++) {
            in.scores(gemm, tiles.pair(pair + p, from, 0), scale, tile(p, queries, pairs));
          }
          softmax.whole(tiles.tile(scores, tiles.keys(), pairs * queries));
          for (int p = 0; p < pairs; p++) {
            AttentionTiles.Pair place = tiles.pair(pair + p, from, 0);
            Matrix values = place.values(in.v(), tiles.keys());
            Matrix results = place.results(output.out(), queries);
            gemm.multiplyTransposedA(tile(p, queries, pairs), values, results, 1f, 0f);
          }
        } else {
          online(in, output.out(), pair, from, queries);
        }
        Matrix logSum = output.logSum();
        long at = logSum.offset() + (long) pair * tiles.queries() + from;
        softmax.logSums(logSum.memory(), at, pairs * queries);
      }
    }
  }

  /** The part of pair {@code p} in a tile of all keys and {@code pairs} pairs. */
  private Matrix tile(int p, int queries, int pairs) {
    return tiles.tile(scores, tiles.keys(), pairs * queries).columns(p * queries, queries);
  }

  private void online(TiledAttention.Inputs in, Matrix out, int pair, int from, int queries) {
    Matrix sums = partial.rows(0, queries);
    softmax.start(queries);
    for (int key = 0; key < tiles.keys(); key += tiles.keysAtOnce()) {
      int keys = Math.min(tiles.keysAtOnce(), tiles.keys() - key);
      AttentionTiles.Pair place = tiles.pair(pair, from, key);
      Matrix tile = tiles.tile(scores, keys, queries);
      in.scores(gemm, place, scale, tile);
      softmax.next(tile, key == 0);
      if (key > 0) {
        softmax.rescale(sums);
      }
      gemm.multiplyTransposedA(tile, place.values(in.v(), keys), sums, 1f, key > 0 ? 1f : 0f);
    }
    softmax.finish(sums, tiles.pair(pair, from, 0).results(out, queries));
  }
}
