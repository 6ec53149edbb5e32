/**
 * The names by which files and options know transports, distributions of times and weightings: ours
 * and a user's own.
 */
package org.tim4j.objective.register;
