package org.tim4j.layers.block;

/**
 * What a block on the fused runtime keeps in a training forward. Results are the same bits either
 * way. On {@code TimRuntime.SAMEDIFF} it has no meaning: SameDiff always computes again.
 */
public enum BlockActivations {
  /** Everything that its backward reads: the fastest. */
  KEEP,
  /**
   * Nothing but its inputs; the backward computes the rest again, a few samples at a time. A step
   * takes about one forward of the blocks longer and needs memory for one group of rows instead of
   * the whole batch (Chen et al., "Training deep nets with sublinear memory cost", 2016).
   */
  RECOMPUTE
}
