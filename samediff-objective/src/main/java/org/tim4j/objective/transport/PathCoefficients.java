package org.tim4j.objective.transport;

/**
 * The path at one time: {@code x_t = alpha · x + sigma · ε}.
 *
 * @param alpha factor of the data
 * @param sigma factor of the noise
 * @param dAlpha derivative of {@code alpha} with respect to time
 * @param dSigma derivative of {@code sigma} with respect to time
 */
public record PathCoefficients(double alpha, double sigma, double dAlpha, double dSigma) {}
