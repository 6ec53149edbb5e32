package org.tim4j.layers.kernel;

/**
 * The samples that a worker takes through a block together, and what conditions them.
 *
 * @param firstSample position of the first sample in the batch
 * @param samples number of samples
 * @param modulation shifts, scales and gates
 * @param interval what is added to the queries, keys and values of each of the samples
 * @param intervalErrors errors of {@code interval} to be set; null in a forward
 * @param rotary positions of the tokens
 */
record Group(
    int firstSample,
    int samples,
    Modulation modulation,
    Rows interval,
    Rows intervalErrors,
    RotaryTable rotary) {
  /** Most rows that row-wise work takes at once, so that its scratch memory stays in the cache. */
  private static final int TILE = 512;

  int tokens() {
    return modulation.tokens();
  }

  /** Position of the first row in the batch. */
  int firstRow() {
    return firstSample * tokens();
  }

  int rows() {
    return samples * tokens();
  }

  /** Work on rows {@code from} to {@code from + count} of the group. */
  @FunctionalInterface
  interface RowTask {
    void run(int from, int count);
  }

  /** Goes through the rows of the group in tiles of nearly equal size. */
  void forEachTile(RowTask task) {
    int tiles = (rows() + TILE - 1) / TILE;
    for (int i = 0; i < tiles; i++) {
      int from = (int) ((long) rows() * i / tiles);
      int to = (int) ((long) rows() * (i + 1) / tiles);
      task.run(from, to - from);
    }
  }
}
