package org.tim4j.layers.kernel.layer;

import java.util.List;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * Rows of a table as tokens, one a column: the token of a column is the row with zeros in place of
 * all other columns. So one weight matrix holds the weights of every column.
 */
public final class ColumnTokens {
  /** No columns: what is projected is no row of a table. */
  static final ColumnTokens NONE = new ColumnTokens(List.of());

  private final int[] offsets;

  /**
   * @param widths numbers of each column, in the order of the row
   */
  public ColumnTokens(List<Integer> widths) {
    offsets = new int[widths.size() + 1];
    for (int column = 0; column < widths.size(); column++) {
      offsets[column + 1] = offsets[column] + widths.get(column);
    }
  }

  public int count() {
    return offsets.length - 1;
  }

  private int total() {
    return offsets[count()];
  }

  /** Overwrites {@code tokens}, {@link #count()} for each row. */
  public void cut(Scratch scratch, Matrix rows, Matrix tokens) {
    try (Scratch.Scope scope = scratch.open()) {
      float[] row = scope.row(total());
      tokens.zero();
      for (int i = 0; i < rows.rows(); i++) {
        for (int column = 0; column < count(); column++) {
          int width = offsets[column + 1] - offsets[column];
          rows.read(i, offsets[column], row, width);
          tokens.write(i * count() + column, offsets[column], row, width);
        }
      }
    }
  }

  /** Overwrites {@code rows} by the own column of each token. */
  public void join(Scratch scratch, Matrix tokens, Matrix rows) {
    try (Scratch.Scope scope = scratch.open()) {
      float[] row = scope.row(total());
      for (int i = 0; i < rows.rows(); i++) {
        for (int column = 0; column < count(); column++) {
          int width = offsets[column + 1] - offsets[column];
          tokens.read(i * count() + column, offsets[column], row, width);
          rows.write(i, offsets[column], row, width);
        }
      }
    }
  }
}
