/** What turns pictures, times, intervals, classes, vectors and captions into hidden numbers. */
package org.tim4j.layers.embedding;
