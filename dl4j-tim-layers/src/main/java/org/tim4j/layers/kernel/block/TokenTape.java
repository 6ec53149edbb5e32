package org.tim4j.layers.kernel.block;

import java.util.List;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.MatrixSource;

/**
 * The activations of a block for a run of tokens.
 *
 * @param firstRow position of the first token in the batch
 * @param between the stream between one branch and the next
 * @param saved what each branch keeps
 */
record TokenTape(int firstRow, Matrix[] between, Matrix[][] saved) {
  /** Memory for {@code rows} tokens. */
  static TokenTape take(
      MatrixSource source, List<Branch> branches, int width, int first, int rows) {
    Matrix[] between = new Matrix[branches.size() - 1];
    Matrix[][] saved = new Matrix[branches.size()][];
    for (int b = 0; b < saved.length; b++) {
      int[] widths = branches.get(b).savedWidths();
      saved[b] = new Matrix[widths.length];
      for (int i = 0; i < widths.length; i++) {
        saved[b][i] = source.matrix(rows, widths[i]);
      }
      if (b < between.length) {
        between[b] = source.matrix(rows, width);
      }
    }
    return new TokenTape(first, between, saved);
  }

  /** The part that belongs to a group. */
  TokenTape part(Group group) {
    int at = group.firstRow() - firstRow;
    Matrix[] betweenPart = parts(between, at, group.rows());
    Matrix[][] savedPart = new Matrix[saved.length][];
    for (int b = 0; b < saved.length; b++) {
      savedPart[b] = parts(saved[b], at, group.rows());
    }
    return new TokenTape(group.firstRow(), betweenPart, savedPart);
  }

  private static Matrix[] parts(Matrix[] all, int from, int rows) {
    Matrix[] parts = new Matrix[all.length];
    for (int i = 0; i < all.length; i++) {
      parts[i] = all[i].rows(from, rows);
    }
    return parts;
  }
}
