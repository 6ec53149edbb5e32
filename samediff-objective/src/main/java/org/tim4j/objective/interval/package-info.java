/** Draws of start and target times, and the weight of a transition in the loss. */
package org.tim4j.objective.interval;
