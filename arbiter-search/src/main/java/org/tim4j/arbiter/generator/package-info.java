/**
 * Ways to draw the candidates of a search, reproducible from a seed and written to JSON with it.
 */
package org.tim4j.arbiter.generator;
