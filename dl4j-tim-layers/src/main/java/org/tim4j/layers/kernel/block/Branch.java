package org.tim4j.layers.kernel.block;

import org.tim4j.layers.kernel.attention.Group;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/**
 * One gated branch of a block, {@code y = x + gate ⊙ f(LN(x) ⊙ (1 + scale) + shift)}, on the rows
 * of one group. The rows that a forward keeps for its backward are given by the caller.
 */
interface Branch {
  /** Chunks of the modulation that a branch uses: shift, scale and gate. */
  int CHUNKS = 3;

  /** Widths of the rows that are kept, one matrix each. */
  int[] savedWidths();

  /** Fills {@code saved} and {@code y}. */
  void forward(Lane lane, Group group, Conditions conditions, Matrix x, Matrix[] saved, Matrix y);

  /**
   * Turns {@code d}, the error at {@code y}, into the error at {@code x}.
   *
   * @param errors those at the conditions
   * @param saved what the forward saved; afterwards of no more use
   */
  void backward(
      Lane lane,
      Group group,
      Conditions conditions,
      Conditions errors,
      Matrix x,
      Matrix[] saved,
      Matrix d);
}
