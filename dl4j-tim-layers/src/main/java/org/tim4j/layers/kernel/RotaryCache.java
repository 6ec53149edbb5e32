package org.tim4j.layers.kernel;

/** The rotations of the last grid that a layer saw. */
final class RotaryCache {
  private final Positions positions;
  private final int headDim;
  private int height;
  private int width;
  private RotaryTable table;

  RotaryCache(Positions positions, int headDim) {
    this.positions = positions;
    this.headDim = headDim;
  }

  /**
   * Rotations for tokens {@code [batch, height, width, …]}; null for {@code [batch, tokens, …]}.
   */
  RotaryTable of(FloatTensor tokens) {
    if (tokens.shape().length < 4) {
      return null;
    }
    int h = tokens.size(1);
    int w = tokens.size(2);
    if (table == null || h != height || w != width) {
      table = positions.table(h, w, headDim);
      height = h;
      width = w;
    }
    return table;
  }
}
