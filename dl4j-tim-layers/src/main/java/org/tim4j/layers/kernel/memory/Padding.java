package org.tim4j.layers.kernel.memory;

/** How far apart rows of scratch memory lie. */
public final class Padding {
  /**
   * Rows of scratch memory start this many floats apart, or a multiple of it: the longest vector of
   * a processor, so that a loop over vectors may go beyond the end of a row.
   */
  public static final int LANES = 16;

  private Padding() {}

  /** The next multiple of {@link #LANES}. */
  public static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  /**
   * The next odd multiple of {@link #LANES}: rows that start so far apart, an odd number of cache
   * lines, do not crowd a few sets of the cache when something goes down a column.
   */
  public static int spread(int length) {
    return padded(length) | LANES;
  }
}
