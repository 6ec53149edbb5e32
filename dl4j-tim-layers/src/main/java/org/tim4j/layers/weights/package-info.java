/**
 * Weights on disk: the safetensors format, the names that released TiM checkpoints use, and the
 * model folder. Nothing here reads or writes serialised Java objects.
 */
package org.tim4j.layers.weights;
