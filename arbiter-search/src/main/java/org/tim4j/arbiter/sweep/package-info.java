/** Whole searches: checked before they start, resumed after they were cut off, and reported. */
package org.tim4j.arbiter.sweep;
