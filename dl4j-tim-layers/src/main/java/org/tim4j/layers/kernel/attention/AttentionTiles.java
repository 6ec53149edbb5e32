package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.Padding;

/**
 * How the scores of all samples and heads are divided into tiles. A tile has a run of keys as rows
 * and, as columns, a run of queries of one pair of a sample and a head, or all queries of several
 * pairs.
 *
 * @param queries queries of a sample
 * @param keys keys of a sample
 */
record AttentionTiles(int samples, int heads, int headDim, int queries, int keys) {
  private static final int TILE = 256;

  /** Columns from which on loops over a row are long enough. */
  private static final int COLUMNS = 512;

  /**
   * One pair of a sample and a head in a tile.
   *
   * @param sample place of the sample among all samples
   * @param head first value of the head
   * @param headDim values of a head
   * @param query its first query among those of all samples
   * @param key its first key among those of all samples
   */
  record Pair(int sample, int head, int headDim, int query, int key) {
    /** The pair's part of all queries, or of errors at them, a query in each column. */
    Matrix queries(Matrix all, int count) {
      return all.part(head, query, headDim, count);
    }

    /** The pair's part of all keys, or of errors at them, a key in each column. */
    Matrix keys(Matrix all, int count) {
      return all.part(head, key, headDim, count);
    }

    /** The pair's part of all values, or of errors at them, a key in each row. */
    Matrix values(Matrix all, int count) {
      return all.part(key, head, count, headDim);
    }

    /** The pair's part of all results, or of errors at them, a query in each row. */
    Matrix results(Matrix all, int count) {
      return all.part(query, head, count, headDim);
    }
  }

  /** Number of pairs of a sample and a head. */
  int pairs() {
    return samples * heads;
  }

  int keysAtOnce() {
    return Math.min(keys, TILE);
  }

  int queriesAtOnce() {
    return Math.min(queries, TILE);
  }

  int pairsAtOnce() {
    if (keys > TILE) {
      return 1;
    }
    int most = Math.min(COLUMNS / queries, TILE * TILE / (queries * keys));
    return Math.max(1, Math.min(pairs(), most));
  }

  /** Most columns of a tile. */
  int columns() {
    return pairsAtOnce() * queriesAtOnce();
  }

  /** Memory for the scores of the largest tile. */
  long floats() {
    return (long) keysAtOnce() * Padding.spread(columns());
  }

  /** A tile in such memory. */
  Matrix tile(FloatMemory memory, int keys, int columns) {
    return new Matrix(memory, 0, keys, columns, Padding.spread(columns));
  }

  /** Pair {@code pair}, from a sample's query {@code query} and key {@code key} on. */
  Pair pair(int pair, int query, int key) {
    int sample = pair / heads;
    int firstQuery = sample * queries + query;
    return new Pair(sample, pair % heads * headDim, headDim, firstQuery, sample * keys + key);
  }
}
