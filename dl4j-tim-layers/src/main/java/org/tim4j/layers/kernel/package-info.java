/**
 * Fused float32 kernels for the CPU: forward and backward of every piece of a TiM network on
 * row-major off-heap memory. Nothing here knows of Deeplearning4j.
 *
 * <p>The rooms stand on each other in this order: {@code memory}; {@code gemm} and {@code loops};
 * {@code thread}; {@code flat} and {@code nn}; {@code attention}; {@code layer}; {@code block}.
 * Their classes are public for one another; who else may use them is a test's matter.
 *
 * <p>For a given number of threads, Java and choice of the loops, every result is the same to the
 * last bit on one machine.
 */
package org.tim4j.layers.kernel;
