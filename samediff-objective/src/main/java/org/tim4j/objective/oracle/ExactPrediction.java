package org.tim4j.objective.oracle;

import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.PredictionCoefficients;
import org.tim4j.objective.transport.TransitionCoefficients;

/**
 * The exact prediction at one pair of times, and its derivative along the flow, as affine functions
 * of the state.
 *
 * <p>Computing {@code (x_r - A x_t) / B} as it stands loses all digits for r close to t. With u =
 * {@code x_t - α mean} and the identities {@code α_r = A α + B α̂}, {@code σ_r = A σ + B σ̂} it
 * becomes
 *
 * <pre>
 *   f* = α̂ mean + K u,   K = (2 A C + B P) / (V (ρ + A)),   ρ = sqrt(V_r / V)
 *   C = std² α α̂ + σ σ̂,   P = std² α̂² + σ̂²
 * </pre>
 *
 * which is accurate for all r up to t. Along the flow {@code u' = V' / (2 V) u}, hence {@code
 * d(f*)/dt = α̂' mean + (K' + K V' / (2 V)) u}.
 *
 * @param slope factor of the state in {@code f*}
 * @param offset constant of {@code f*}
 * @param flowSlope factor of the state in {@code d(f*)/dt}
 * @param flowOffset constant of {@code d(f*)/dt}
 */
record ExactPrediction(double slope, double offset, double flowSlope, double flowOffset) {
  static ExactPrediction of(GaussianOracle oracle, double t, double r) {
    PathCoefficients path = oracle.transport().path(t);
    PredictionCoefficients p = oracle.transport().prediction(t);
    TransitionCoefficients transition = oracle.transport().transition(t, r);
    double s2 = oracle.std() * oracle.std();
    double mean = oracle.mean();
    double alpha = path.alpha();
    double sigma = path.sigma();
    double a = transition.a();
    double b = transition.b();

    double v = oracle.variance(t);
    double rho = Math.sqrt(oracle.variance(r) / v);
    double c = s2 * alpha * p.alphaHat() + sigma * p.sigmaHat();
    double pp = s2 * p.alphaHat() * p.alphaHat() + p.sigmaHat() * p.sigmaHat();
    double numerator = 2 * a * c + b * pp;
    double denominator = v * (rho + a);
    double k = numerator / denominator;

    // A' and B' from differentiating both identities at fixed r.
    double det = p.sigmaHat() * alpha - p.alphaHat() * sigma;
    double dataChange = a * path.dAlpha() + b * p.dAlphaHat();
    double noiseChange = a * path.dSigma() + b * p.dSigmaHat();
    double da = -(dataChange * p.sigmaHat() - p.alphaHat() * noiseChange) / det;
    double db = -(alpha * noiseChange - sigma * dataChange) / det;

    double dv = 2 * (s2 * alpha * path.dAlpha() + sigma * path.dSigma());
    double growth = dv / (2 * v);
    double dc =
        s2 * (path.dAlpha() * p.alphaHat() + alpha * p.dAlphaHat())
            + path.dSigma() * p.sigmaHat()
            + sigma * p.dSigmaHat();
    double dpp = 2 * (s2 * p.alphaHat() * p.dAlphaHat() + p.sigmaHat() * p.dSigmaHat());
    double dNumerator = 2 * (da * c + a * dc) + db * pp + b * dpp;
    double dDenominator = dv * (rho + a) + v * (da - rho * growth);
    double dk = (dNumerator - k * dDenominator) / denominator;

    double flow = dk + k * growth;
    return new ExactPrediction(
        k, (p.alphaHat() - k * alpha) * mean, flow, (p.dAlphaHat() - flow * alpha) * mean);
  }
}
