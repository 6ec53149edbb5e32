/** What turns images, times, intervals, classes, vectors and captions into embeddings. */
package org.tim4j.layers.embedding;
