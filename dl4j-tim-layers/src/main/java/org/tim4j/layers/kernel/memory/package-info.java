/** Off-heap float32 memory, how matrices and arrays lie in it, and how it is reused. */
package org.tim4j.layers.kernel.memory;
