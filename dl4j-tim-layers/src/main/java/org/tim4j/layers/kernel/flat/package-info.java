/** Work on whole arrays: their sum, the optimiser's update. */
package org.tim4j.layers.kernel.flat;
