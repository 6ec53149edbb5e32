package org.tim4j.layers.kernel.block;

import java.util.List;
import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.Rows;

/**
 * The activations of a block for a run of tokens.
 *
 * @param firstRow position of the first token in the batch
 * @param between the stream between one branch and the next
 * @param saved what each branch keeps
 */
record TokenTape(int firstRow, Rows[] between, Rows[][] saved) {
  /** Memory for {@code rows} tokens. */
  static TokenTape take(Arena arena, List<Branch> branches, int width, int first, int rows) {
    Rows[] between = new Rows[branches.size() - 1];
    Rows[][] saved = new Rows[branches.size()][];
    for (int b = 0; b < saved.length; b++) {
      int[] widths = branches.get(b).savedWidths();
      saved[b] = new Rows[widths.length];
      for (int i = 0; i < widths.length; i++) {
        saved[b][i] = Rows.take(arena, rows, widths[i]);
      }
      if (b < between.length) {
        between[b] = Rows.take(arena, rows, width);
      }
    }
    return new TokenTape(first, between, saved);
  }

  /** The part that belongs to a group. */
  TokenTape part(Group group) {
    int at = group.firstRow() - firstRow;
    Rows[] betweenPart = parts(between, at, group.rows());
    Rows[][] savedPart = new Rows[saved.length][];
    for (int b = 0; b < saved.length; b++) {
      savedPart[b] = parts(saved[b], at, group.rows());
    }
    return new TokenTape(group.firstRow(), betweenPart, savedPart);
  }

  private static Rows[] parts(Rows[] all, int from, int rows) {
    Rows[] parts = new Rows[all.length];
    for (int i = 0; i < all.length; i++) {
      parts[i] = all[i].part(from, rows);
    }
    return parts;
  }
}
