/**
 * Paths between data and noise, and the coefficients of the state transitions along them.
 *
 * <p>A path {@code x_t = α(t) x + σ(t) ε} joins data {@code x} at small times and standard normal
 * noise {@code ε} at large times. A new path is one class that implements {@link
 * org.tim4j.objective.transport.Transport}.
 */
package org.tim4j.objective.transport;
