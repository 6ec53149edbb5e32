/** The pieces of networks, forward and backward on one thread: maps, gated units, norms. */
package org.tim4j.layers.kernel.nn;
