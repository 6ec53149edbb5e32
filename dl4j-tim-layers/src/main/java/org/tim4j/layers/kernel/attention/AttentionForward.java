package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/** One forward of {@link TiledAttention}. */
final class AttentionForward {
  private final Lane lane;
  private final Gemm gemm;
  private final AttentionTiles tiles;
  private final float scale;
  private final FloatMemory scores;
  private final Matrix partial;
  private final Softmax softmax;

  AttentionForward(Lane lane, Scratch.Scope scope, AttentionTiles tiles, float scale) {
    this.lane = lane;
    gemm = lane.gemm();
    this.tiles = tiles;
    this.scale = scale;
    scores = scope.floats(tiles.floats());
    partial = scope.matrix(tiles.queriesAtOnce(), tiles.headDim());
    softmax = new Softmax(lane, scope, tiles.columns(), tiles.headDim());
  }

  /** Queries {@code from} to {@code from + queries} of {@code pairs} pairs. */
  private record Part(int pair, int pairs, int from, int queries) {
    int columns() {
      return pairs * queries;
    }
  }

  void run(TiledAttention.Inputs in, TiledAttention.Output output) {
    for (int pair = 0; pair < tiles.pairs(); pair += tiles.pairsAtOnce()) {
      int pairs = Math.min(tiles.pairsAtOnce(), tiles.pairs() - pair);
      for (int from = 0; from < tiles.queries(); from += tiles.queriesAtOnce()) {
        int queries = Math.min(tiles.queriesAtOnce(), tiles.queries() - from);
        Part part = new Part(pair, pairs, from, queries);
        if (tiles.keys() == tiles.keysAtOnce()) {
          whole(part, in, output.out());
        } else {
          online(part, in, output.out());
        }
        long at = output.logSum().offset() + (long) pair * tiles.queries() + from;
        softmax.logSums(output.logSum().memory(), at, part.columns());
        clearEmpty(part, in, output);
      }
    }
  }

  private void whole(Part part, TiledAttention.Inputs in, Matrix out) {
    Matrix tile = tiles.tile(scores, tiles.keys(), part.columns());
    for (int p = 0; p < part.pairs; p++) {
      AttentionTiles.Pair place = tiles.pair(part.pair + p, part.from, 0);
      in.scores(lane, place, scale, tile.columns(p * part.queries, part.queries));
    }
    softmax.whole(tile);
    for (int p = 0; p < part.pairs; p++) {
      AttentionTiles.Pair place = tiles.pair(part.pair + p, part.from, 0);
      gemm.multiplyTransposedA(
          tile.columns(p * part.queries, part.queries),
          place.values(in.v(), tiles.keys()),
          place.results(out, part.queries),
          1f,
          0f);
    }
  }

  private void online(Part part, TiledAttention.Inputs in, Matrix out) {
    Matrix sums = partial.rows(0, part.queries);
    softmax.start(part.queries);
    for (int key = 0; key < tiles.keys(); key += tiles.keysAtOnce()) {
      int keys = Math.min(tiles.keysAtOnce(), tiles.keys() - key);
      AttentionTiles.Pair place = tiles.pair(part.pair, part.from, key);
      Matrix tile = tiles.tile(scores, keys, part.queries);
      in.scores(lane, place, scale, tile);
      softmax.next(tile, key == 0);
      if (key > 0) {
        softmax.rescale(sums);
      }
      gemm.multiplyTransposedA(tile, place.values(in.v(), keys), sums, 1f, key > 0 ? 1f : 0f);
    }
    softmax.finish(sums, tiles.pair(part.pair, part.from, 0).results(out, part.queries));
  }

  private void clearEmpty(Part part, TiledAttention.Inputs in, TiledAttention.Output output) {
    Matrix logSum = output.logSum();
    for (int p = 0; p < part.pairs; p++) {
      AttentionTiles.Pair place = tiles.pair(part.pair + p, part.from, 0);
      if (in.isEmpty(place)) {
        long at = logSum.offset() + (long) (part.pair + p) * tiles.queries() + part.from;
        Matrix logs = new Matrix(logSum.memory(), at, 1, part.queries, part.queries);
        KeyMask.clear(lane.scratch(), place.results(output.out(), part.queries), logs);
      }
    }
  }
}
