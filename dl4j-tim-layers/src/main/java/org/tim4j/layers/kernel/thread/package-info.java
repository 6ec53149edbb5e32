/**
 * Threads and what each of them owns. Work is divided statically and gradients of the weights are
 * added up in the order of the workers, so that results depend on no timing.
 */
package org.tim4j.layers.kernel.thread;
