package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.kernel.loops.RotaryTable;
import org.tim4j.layers.kernel.memory.FloatTensor;

/** The rotations of the last grid that a layer saw. */
public final class RotaryCache {
  private final RopeOrder order;
  private final int headDim;
  private int height;
  private int width;
  private RotaryTable table;

  public RotaryCache(RopeOrder order, int headDim) {
    this.order = order;
    this.headDim = headDim;
  }

  /**
   * Rotations for tokens {@code [batch, height, width, …]}; null for {@code [batch, tokens, …]}.
   */
  public RotaryTable of(FloatTensor tokens) {
    if (tokens.shape().length < 4) {
      return null;
    }
    int h = tokens.size(1);
    int w = tokens.size(2);
    if (table == null || h != height || w != width) {
      int row = Math.toIntExact(order.rowLength(h, w));
      table = new RotaryTable(h * w, headDim, n -> n % row, n -> n / row);
      height = h;
      width = w;
    }
    return table;
  }
}
