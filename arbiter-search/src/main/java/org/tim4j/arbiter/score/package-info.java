/** Scores of trained candidates; lower is better. */
package org.tim4j.arbiter.score;
