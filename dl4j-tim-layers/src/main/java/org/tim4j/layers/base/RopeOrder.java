package org.tim4j.layers.base;

/**
 * Which two coordinates rotary positions give to token {@code n} of a grid of {@code height} rows
 * and {@code width} columns. On square grids both orders are the same.
 */
public enum RopeOrder {
  /** Column {@code n mod width} and row {@code n div width}: the token's place in the image. */
  ROW_COLUMN {
    @Override
    public long rowLength(long height, long width) {
      return width;
    }
  },
  /**
   * {@code n mod height} and {@code n div height}, as the authors' code has it. It is not the place
   * in the image unless the grid is square, but weights trained by that code expect it.
   */
  OFFICIAL {
    @Override
    public long rowLength(long height, long width) {
      return height;
    }
  };

  /** Returns after how many tokens the first coordinate starts again. */
  public abstract long rowLength(long height, long width);
}
