package org.tim4j.layers.kernel;

/** Which two coordinates place a token for the rotary embedding. */
public enum Positions {
  /** The column and the row of its place in the grid. */
  ROW_COLUMN {
    @Override
    RotaryTable table(int height, int width, int headDim) {
      return new RotaryTable(height * width, headDim, n -> n % width, n -> n / width);
    }
  },
  /** As in the authors' code, (n mod height, n div height): the same on square grids only. */
  OFFICIAL {
    @Override
    RotaryTable table(int height, int width, int headDim) {
      return new RotaryTable(height * width, headDim, n -> n % height, n -> n / height);
    }
  };

  /** Rotations for the tokens of a grid. */
  abstract RotaryTable table(int height, int width, int headDim);
}
