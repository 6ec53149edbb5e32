package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.loops.RotaryTable;

/**
 * The samples that a worker takes through a layer together.
 *
 * @param firstSample position of the first sample in the batch
 * @param samples number of samples
 * @param tokens number of tokens of a sample
 * @param rotary positions of the tokens; null if they have none
 * @param mask which of the tokens may be attended to
 */
public record Group(int firstSample, int samples, int tokens, RotaryTable rotary, KeyMask mask) {
  /** Most rows that row-wise work takes at once, so that its scratch memory stays in the cache. */
  private static final int TILE = 800;

  /** Samples {@code from} to {@code from + count} of the group. */
  Group part(int from, int count) {
    return new Group(firstSample + from, count, tokens, rotary, mask);
  }

  /** Position of the first row in the batch. */
  public int firstRow() {
    return firstSample * tokens;
  }

  public int rows() {
    return samples * tokens;
  }

  /** Work on rows {@code from} to {@code from + count} of the group. */
  @FunctionalInterface
  public interface RowTask {
    void run(int from, int count);
  }

  /** Goes through the rows of the group in tiles of nearly equal size. */
  public void forEachTile(RowTask task) {
    int tiles = (rows() + TILE - 1) / TILE;
    for (int i = 0; i < tiles; i++) {
      int from = (int) ((long) rows() * i / tiles);
      int to = (int) ((long) rows() * (i + 1) / tiles);
      task.run(from, to - from);
    }
  }
}
