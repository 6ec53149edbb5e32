package org.tim4j.objective.training;

import org.tim4j.layers.base.InvalidInputException;

/**
 * Settings of {@link AdamW}.
 *
 * @param learningRate positive; the published value is 1e-4 per 256 images of a batch
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment after its bias correction; positive
 * @param weightDecay decoupled decay of every parameter (biases, norms and embeddings too), at
 *     least 0
 * @param clipNorm largest norm of the whole gradient, positive; infinity switches clipping off
 */
public record AdamWSettings(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm) {
  public AdamWSettings {
    require(learningRate > 0 && Double.isFinite(learningRate), "learningRate", learningRate, "> 0");
    require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
    require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
    require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "> 0");
    require(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, ">= 0");
    require(clipNorm > 0, "clipNorm", clipNorm, "> 0, or infinite for no clipping");
  }

  /** The published settings: 1e-4, (0.9, 0.95), 1e-6, decay 0.01, norm 1. */
  public static AdamWSettings published() {
    return new AdamWSettings(1e-4, 0.9, 0.95, 1e-6, 1e-2, 1.0);
  }

  public AdamWSettings withLearningRate(double rate) {
    return new AdamWSettings(rate, beta1, beta2, epsilon, weightDecay, clipNorm);
  }

  /** Factor that a gradient of the given norm is multiplied by, see the other method. */
  double clipFactor(double gradientNorm) {
    return clipFactor(gradientNorm, clipNorm);
  }

  /**
   * Factor that a gradient is multiplied by: {@code min(1, clipNorm / (norm + 1e-6))}.
   *
   * @param gradientNorm norm of the whole gradient
   * @param clipNorm largest norm wanted
   */
  public static double clipFactor(double gradientNorm, double clipNorm) {
    return Math.min(1.0, clipNorm / (gradientNorm + 1e-6));
  }

  private static void require(boolean valid, String name, double given, String expected) {
    if (!valid) {
      throw new InvalidInputException(
          "AdamW's " + name + " is " + given + "; it must be " + expected);
    }
  }
}
