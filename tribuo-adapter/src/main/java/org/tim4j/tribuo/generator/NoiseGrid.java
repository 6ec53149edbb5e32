package org.tim4j.tribuo.generator;

import org.tim4j.objective.transport.PathCoefficients;
import org.tim4j.objective.transport.Transport;

/**
 * Times at which a likelihood is estimated: equally spaced in the logarithm of the ratio of noise
 * to signal, {@code ρ = σ / α}.
 *
 * @param times raw times of the transport, increasing
 * @param spacing distance of neighbours in {@code log ρ}
 */
record NoiseGrid(double[] times, double spacing) {
  /** Below this ratio all outputs explain a vector alike; above the other none does. */
  private static final double SMALLEST_RATIO = 0.05;

  private static final double LARGEST_RATIO = 20;
  private static final int BISECTIONS = 60;

  static NoiseGrid of(Transport transport, int count) {
    double low = Math.log(Math.max(SMALLEST_RATIO, ratio(transport, transport.tMin())));
    double high = Math.log(Math.min(LARGEST_RATIO, ratio(transport, transport.tMax())));
    double spacing = (high - low) / count;
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = timeOf(transport, Math.exp(low + (i + 0.5) * spacing));
    }
    return new NoiseGrid(times, spacing);
  }

  private static double timeOf(Transport transport, double ratio) {
    double low = transport.tMin();
    double high = transport.tMax();
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (ratio(transport, middle) < ratio) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The noise relative to the signal of data of unit scale. */
  private static double ratio(Transport transport, double t) {
    PathCoefficients path = transport.path(t);
    return path.sigma() / (path.alpha() * transport.dataScale());
  }
}
