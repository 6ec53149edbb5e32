/** Interval-aware self-attention, attention to a caption, and rotary positions. */
package org.tim4j.layers.attention;
