package org.tim4j.layers.kernel.attention;

import java.util.Arrays;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * Which keys of each sample of a batch may be attended to.
 *
 * <p>The scores of the others are so low that the exponential of their distance from any score is
 * exactly 0: what they and their values are does not change a bit of the result. A sample without
 * any key is attended to by nothing; its results and all of its gradients are 0.
 */
public final class KeyMask {
  /** All keys of all samples. */
  public static final KeyMask ALL = new KeyMask(0, new float[0], new boolean[0]);

  /**
   * Far below every score, and near enough for {@link org.tim4j.layers.kernel.loops.Exponential}.
   */
  private static final float LOWEST = -1e6f;

  private final int keys;
  private final float[] allowed;
  private final boolean[] empty;

  private KeyMask(int keys, float[] allowed, boolean[] empty) {
    this.keys = keys;
    this.allowed = allowed;
    this.empty = empty;
  }

  /**
   * The keys where a mask is not 0.
   *
   * @param mask {@code [batch, …]} with a number for each key; null for all keys
   * @param keyed {@code [batch, …, width]} with a row for each key
   * @throws InvalidInputException if the mask has another number of keys
   */
  public static KeyMask of(FloatTensor mask, FloatTensor keyed) {
    if (mask == null) {
      return ALL;
    }
    int samples = keyed.size(0);
    int keys = keyed.rows().rows() / samples;
    if (mask.size(0) != samples || mask.length() != samples * keys) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "A mask of shape %s was given for %d samples of %d tokens; it needs a number for each token, [%d, %d].",
              Arrays.toString(mask.shape()),
              samples,
              keys,
              samples,
              keys));
    }
    float[] allowed = new float[mask.length()];
    mask.memory().read(0, allowed, allowed.length);
    boolean[] empty = new boolean[samples];
    for (int s = 0; s < samples; s++) {
      empty[s] = true;
      for (int k = s * keys; k < (s + 1) * keys; k++) {
        empty[s] &= allowed[k] == 0f;
      }
    }
    return new KeyMask(keys, allowed, empty);
  }

  /** Whether a sample has no key that may be attended to. */
  boolean isEmpty(int sample) {
    return empty.length > 0 && empty[sample];
  }

  /**
   * Lowers the scores of keys that must not be attended to.
   *
   * @param firstKey that of the first row, among the keys of the sample
   * @param scores a key in each row
   */
  void lower(Scratch scratch, int sample, int firstKey, Matrix scores) {
    if (empty.length == 0) {
      return;
    }
    try (Scratch.Scope scope = scratch.open()) {
      float[] row = scope.row(scores.columns());
      Arrays.fill(row, 0, scores.columns(), LOWEST);
      int at = sample * keys + firstKey;
      for (int k = 0; k < scores.rows(); k++) {
        if (allowed[at + k] == 0f) {
          scores.write(k, row);
        }
      }
    }
  }

  /**
   * Sets what a forward made for queries of an empty sample: results of 0, and logarithms with
   * which a backward makes probabilities of 0.
   *
   * @param logSums a number for each query
   */
  static void clear(Scratch scratch, Matrix results, Matrix logSums) {
    results.zero();
    try (Scratch.Scope scope = scratch.open()) {
      float[] row = scope.row(logSums.columns());
      Arrays.fill(row, 0, logSums.columns(), -LOWEST);
      logSums.fill(row);
    }
  }
}
