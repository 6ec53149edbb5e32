package org.tim4j.layers.attention;

import org.tim4j.layers.vertex.ShapeCheck;

/**
 * How the tokens of one example lie: as a grid, {@code [batch, height, width, hidden]}, or as an
 * unordered set, {@code [batch, tokens, hidden]}, which has no positions.
 *
 * @param height rows of the grid; 1 for a set
 * @param width columns of the grid; number of tokens for a set
 */
public record TokenGrid(long height, long width, boolean positioned) {

  /** Returns the grid of activations of the given shape (rank 3 or 4). */
  public static TokenGrid of(long[] shape) {
    return shape.length == 4
        ? new TokenGrid(shape[1], shape[2], true)
        : new TokenGrid(1, shape[1], false);
  }

  /** Throws unless the shape is that of tokens of dimension {@code hidden}. */
  public static void check(String vertex, String input, long[] shape, long hidden) {
    new ShapeCheck(vertex, input, shape)
        .rank("[batch, height, width, hidden] or [batch, tokens, hidden]", 3, 4)
        .last("numbers a token", hidden);
  }

  /** Returns the number of tokens. */
  public long tokens() {
    return height * width;
  }
}
