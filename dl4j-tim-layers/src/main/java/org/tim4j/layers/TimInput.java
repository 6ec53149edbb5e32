package org.tim4j.layers;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;

/**
 * One batch for a {@link TimNetwork}. Nothing is copied; the network changes none of the arrays.
 *
 * @param x noisy data, {@code [batch, channels, height, width]} or {@code [batch, tokens,
 *     channels]}
 * @param t start times after {@code c_noise}, {@code [batch, 1]}
 * @param r end times after {@code c_noise}, {@code [batch, 1]}
 * @param condition classes {@code [batch, 1]}, vectors {@code [batch, size]}, captions {@code
 *     [batch, length, features]}, tokens {@code [batch, length]}, or null for a network without a
 *     condition
 */
public record TimInput(INDArray x, INDArray t, INDArray r, INDArray condition) {
  /**
   * Checks that the arrays belong together; whether they fit a network is checked by the network.
   *
   * @throws InvalidInputException if x, t or r is null, or if the batches differ
   */
  public TimInput {
    if (x == null || t == null || r == null) {
      throw new InvalidInputException("x, t and r must be given; one of them is null.");
    }
    requireBatch("t", t, x);
    requireBatch("r", r, x);
    if (condition != null) {
      requireBatch("condition", condition, x);
    }
  }

  private static void requireBatch(String name, INDArray array, INDArray x) {
    if (array.rank() < 2 || array.size(0) != x.size(0)) {
      throw new InvalidInputException(
          "%s has shape %s, but x has a batch of %d; give %s as [%d, …]."
              .formatted(name, Arrays.toString(array.shape()), x.size(0), name, x.size(0)));
    }
  }

  /** Returns an input without a condition. */
  public static TimInput unconditional(INDArray x, INDArray t, INDArray r) {
    return new TimInput(x, t, r, null);
  }
}
