package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.gemm.Gemm;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * One backward of {@link TiledAttention}: for every tile, keys in rows and queries in columns,
 *
 * <pre>
 * P = exp(scale K Qᵀ − logSum)     dP = V dOᵀ     dS = P ⊙ (dP − rowsum(dO ⊙ O))
 * dV += P dO     dQ += scale dSᵀ K     dK += scale dS Q
 * </pre>
 */
final class AttentionBackward {
  private final Lane lane;
  private final Gemm gemm;
  private final AttentionTiles tiles;
  private final float scale;
  private final FloatMemory scores;
  private final FloatMemory scoreErrors;
  private final FloatMemory deltas;
  private final float[] logs;
  private final float[] delta;

  AttentionBackward(Lane lane, Scratch.Scope scope, AttentionTiles tiles, float scale) {
    this.lane = lane;
    gemm = lane.gemm();
    this.tiles = tiles;
    this.scale = scale;
    scores = scope.floats(tiles.floats());
    scoreErrors = scope.floats(tiles.floats());
    deltas = scope.floats((long) tiles.pairs() * tiles.queries());
    logs = scope.row(tiles.columns());
    delta = scope.row(tiles.columns());
  }

  void run(
      TiledAttention.Inputs in,
      TiledAttention.Output output,
      Matrix dOut,
      TiledAttention.Errors errors) {
    fillDeltas(output.out(), dOut);
    Matrix logSum = output.logSum();
    for (int pair = 0; pair < tiles.pairs(); pair += tiles.pairsAtOnce()) {
      int pairs = Math.min(tiles.pairsAtOnce(), tiles.pairs() - pair);
      for (int key = 0; key < tiles.keys(); key += tiles.keysAtOnce()) {
        int keys = Math.min(tiles.keysAtOnce(), tiles.keys() - key);
        for (int from = 0; from < tiles.queries(); from += tiles.queriesAtOnce()) {
          int queries = Math.min(tiles.queriesAtOnce(), tiles.queries() - from);
          Matrix tile = tiles.tile(scores, keys, pairs * queries);
          Matrix dTile = tiles.tile(scoreErrors, keys, pairs * queries);
          for (int p = 0; p < pairs; p++) {
            AttentionTiles.Pair place = tiles.pair(pair + p, from, key);
            in.scores(lane, place, scale, tile.columns(p * queries, queries));
            Matrix values = place.values(in.v(), keys);
            Matrix dResults = place.results(dOut, queries);
            gemm.multiplyTransposedB(values, dResults, dTile.columns(p * queries, queries), 1f, 0f);
          }
          long at = (long) pair * tiles.queries() + from;
          logSum.memory().read(logSum.offset() + at, logs, pairs * queries);
          deltas.read(at, delta, pairs * queries);
          lane.loops().softmax().differentiate(lane.scratch(), tile, dTile, logs, delta);
          for (int p = 0; p < pairs; p++) {
            AttentionTiles.Pair place = tiles.pair(pair + p, from, key);
            Matrix probabilities = tile.columns(p * queries, queries);
            Matrix dScores = dTile.columns(p * queries, queries);
            float keepKeys = from > 0 ? 1f : 0f;
            gemm.multiply(
                probabilities,
                place.results(dOut, queries),
                place.values(errors.v(), keys),
                1f,
                keepKeys);
            gemm.multiplyTransposedB(
                place.queries(in.q(), queries),
                dScores,
                place.keys(errors.k(), keys),
                scale,
                keepKeys);
            gemm.multiply(
                place.keys(in.k(), keys),
                dScores,
                place.queries(errors.q(), queries),
                scale,
                key > 0 ? 1f : 0f);
          }
        }
      }
    }
  }

  /** Σ over a head of {@code dO ⊙ O}, for each sample, head and query in this order. */
  private void fillDeltas(Matrix out, Matrix dOut) {
    int heads = tiles.heads();
    int headDim = tiles.headDim();
    int queries = tiles.queries();
    try (Scratch.Scope scope = lane.open()) {
      float[] o = scope.row(out.columns());
      float[] d = scope.row(out.columns());
      float[] sums = scope.row(heads * queries);
      for (int s = 0; s < tiles.samples(); s++) {
        for (int i = 0; i < queries; i++) {
          out.read(s * queries + i, o);
          dOut.read(s * queries + i, d);
          for (int h = 0; h < heads; h++) {
            sums[h * queries + i] = VectorMath.dot(o, h * headDim, d, h * headDim, headDim);
          }
        }
        deltas.write((long) s * heads * queries, sums, heads * queries);
      }
    }
  }
}
