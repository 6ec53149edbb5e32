/**
 * Fused float32 kernels for the CPU: forward and backward of every piece of a TiM network.
 *
 * <p>Kernels work on row-major off-heap memory ({@link org.tim4j.layers.kernel.FloatMemory}).
 * Matrix products go to oneDNN where its library is there, and small ones and all others to the
 * BLAS that ND4J has loaded, one thread each; a {@link org.tim4j.layers.kernel.Parallelism} divides
 * the samples of a batch among its workers. All other arithmetic is loops over rows: plain ones
 * over {@code float[]}, written so that the just-in-time compiler vectorises them, or ones on the
 * Vector API where Java 17 was started with {@code --add-modules jdk.incubator.vector} and the
 * system property {@code org.tim4j.vector} is not false. Nothing here knows of Deeplearning4j.
 *
 * <p>For a given number of threads, Java and choice of the loops, every result is the same to the
 * last bit on one machine: work is divided statically and gradients of the weights are added up in
 * the order of the workers.
 */
package org.tim4j.layers.kernel;
