package org.tim4j.layers.kernel.block;

import org.tim4j.layers.kernel.attention.CrossAttentionCore;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.nn.Modulation;

/**
 * What conditions the samples of a group, or the errors at it, to be filled.
 *
 * @param modulation shifts, scales and gates; its errors are added to
 * @param additions to queries, keys and values, a row for each sample
 * @param caption of the samples; its rows are null if there are none
 */
record Conditions(Modulation modulation, Matrix additions, CrossAttentionCore.Caption caption) {}
