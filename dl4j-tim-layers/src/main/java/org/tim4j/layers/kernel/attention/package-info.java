/** Softmax attention in tiles, forward and backward on one thread, and the heads around it. */
package org.tim4j.layers.kernel.attention;
