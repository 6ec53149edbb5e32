package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.nn.Modulation;

/**
 * The samples that a worker takes through a layer together, and what conditions them.
 *
 * @param firstSample position of the first sample in the batch
 * @param samples number of samples
 * @param tokens number of tokens of a sample
 * @param rotary positions of the tokens; null if they have none
 * @param interval what is added to the queries, keys and values of each of the samples
 * @param intervalErrors errors of {@code interval} to be set; null in a forward
 * @param modulation shifts, scales and gates; null outside of a block
 * @param caption rows of the samples' captions; null if there are none
 * @param captionErrors errors of {@code caption} to be set; null in a forward
 */
public record Group(
    int firstSample,
    int samples,
    int tokens,
    RotaryTable rotary,
    Rows interval,
    Rows intervalErrors,
    Modulation modulation,
    Rows caption,
    Rows captionErrors) {
  /** Most rows that row-wise work takes at once, so that its scratch memory stays in the cache. */
  private static final int TILE = 800;

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
