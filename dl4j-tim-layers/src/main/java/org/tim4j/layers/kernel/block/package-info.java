/** The kernel of a whole TiM block, which takes groups of samples through all of its branches. */
package org.tim4j.layers.kernel.block;
