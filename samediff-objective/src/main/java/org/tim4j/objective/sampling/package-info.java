/** Samples by any number of transitions from noise to data. */
package org.tim4j.objective.sampling;
