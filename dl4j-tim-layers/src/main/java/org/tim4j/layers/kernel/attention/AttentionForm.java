package org.tim4j.layers.kernel.attention;

import org.tim4j.layers.base.RopeOrder;

/**
 * What attention is to do with its heads.
 *
 * @param heads number of heads
 * @param qkNorm whether queries and keys are normalised in each head
 * @param order how the tokens of a grid are placed
 */
public record AttentionForm(int heads, boolean qkNorm, RopeOrder order) {}
