/** Runs vertices of a graph on the fused CPU kernels. */
package org.tim4j.layers.runtime;
