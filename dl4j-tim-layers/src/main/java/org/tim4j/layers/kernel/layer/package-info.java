/** One kernel a layer: what divides a batch among the threads and runs the layer on each share. */
package org.tim4j.layers.kernel.layer;
