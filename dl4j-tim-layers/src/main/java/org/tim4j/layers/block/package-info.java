/** The transformer block of the method, its gated unit, and the heads that follow the blocks. */
package org.tim4j.layers.block;
