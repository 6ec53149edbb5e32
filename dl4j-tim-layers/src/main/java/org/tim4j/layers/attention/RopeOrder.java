package org.tim4j.layers.attention;

import org.tim4j.layers.kernel.Positions;

/**
 * Which two coordinates rotary positions give to token {@code n} of a grid of {@code height} rows
 * and {@code width} columns. On square grids both orders are the same.
 */
public enum RopeOrder {
  /** Column {@code n mod width} and row {@code n div width}: the token's place in the picture. */
  ROW_COLUMN {
    @Override
    long rowLength(long height, long width) {
      return width;
    }

    @Override
    public Positions positions() {
      return Positions.ROW_COLUMN;
    }
  },
  /**
   * {@code n mod height} and {@code n div height}, as the authors' code has it. It is not the place
   * in the picture unless the grid is square, but weights trained by that code expect it.
   */
  OFFICIAL {
    @Override
    long rowLength(long height, long width) {
      return height;
    }

    @Override
    public Positions positions() {
      return Positions.OFFICIAL;
    }
  };

  /** Returns after how many tokens the first coordinate starts again. */
  abstract long rowLength(long height, long width);

  /** Returns the same order for fused kernels. */
  public abstract Positions positions();
}
