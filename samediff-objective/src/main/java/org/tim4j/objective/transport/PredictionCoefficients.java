package org.tim4j.objective.transport;

/**
 * What the network predicts at one time: {@code f ≈ alphaHat · x + sigmaHat · ε} when the target
 * time equals the start time.
 *
 * @param alphaHat factor of the data
 * @param sigmaHat factor of the noise
 * @param dAlphaHat derivative of {@code alphaHat} with respect to time
 * @param dSigmaHat derivative of {@code sigmaHat} with respect to time
 */
public record PredictionCoefficients(
    double alphaHat, double sigmaHat, double dAlphaHat, double dSigmaHat) {}
