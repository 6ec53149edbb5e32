/**
 * All arithmetic that is no matrix product, as loops over rows: plain ones over {@code float[]},
 * written so that the just-in-time compiler vectorises them, or ones on the Vector API where Java
 * 17 was started with {@code --add-modules jdk.incubator.vector} and the system property {@code
 * org.tim4j.vector} is not false.
 */
package org.tim4j.layers.kernel.loops;
