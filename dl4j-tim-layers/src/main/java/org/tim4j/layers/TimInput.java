package org.tim4j.layers;

import java.util.Arrays;
import java.util.Locale;
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
 * @param mask which tokens there are, {@code [batch, tokens]}: 1 for a token, 0 for padding, for
 *     sets of different sizes in one batch; null if all are there, and for images and rows
 */
public record TimInput(INDArray x, INDArray t, INDArray r, INDArray condition, INDArray mask) {
  /**
   * Checks that the arrays belong together; whether they fit a network is checked by the network.
   *
   * @throws InvalidInputException if x, t or r is null, if the batches differ, or if there is a
   *     mask of another shape than the tokens
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
    if (mask != null
        && (x.rank() != 3
            || mask.rank() != 2
            || mask.size(0) != x.size(0)
            || mask.size(1) != x.size(1))) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "The mask has shape %s and x has %s; tokens [batch, tokens, channels] take a mask [batch, tokens], images and rows take none.",
              Arrays.toString(mask.shape()),
              Arrays.toString(x.shape())));
    }
  }

  /** Returns an input without padding. */
  public TimInput(INDArray x, INDArray t, INDArray r, INDArray condition) {
    this(x, t, r, condition, null);
  }

  private static void requireBatch(String name, INDArray array, INDArray x) {
    if (array.rank() < 2 || array.size(0) != x.size(0)) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s has shape %s, but x has a batch of %d; give %s as [%d, …].",
              name,
              Arrays.toString(array.shape()),
              x.size(0),
              name,
              x.size(0)));
    }
  }

  /** Returns an input without a condition. */
  public static TimInput unconditional(INDArray x, INDArray t, INDArray r) {
    return new TimInput(x, t, r, null);
  }
}
