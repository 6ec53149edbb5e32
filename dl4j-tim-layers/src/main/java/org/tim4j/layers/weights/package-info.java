/**
 * Weights on disk: the safetensors format, the names that released TiM checkpoints use, and the
 * model folder.
 *
 * <p>Nothing here reads or writes serialised Java objects, so a file from a stranger can be opened.
 * That does not hold of Deeplearning4j's own zip format: {@code ModelSerializer} deserialises
 * objects that a zip holds, so open only zips of your own with it.
 */
package org.tim4j.layers.weights;
