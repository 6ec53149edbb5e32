package org.tim4j.layers.kernel.loops;

import java.util.function.IntUnaryOperator;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.MethodConstants;

/**
 * Cosines and sines of the two-dimensional rotary embedding for the tokens of a grid.
 *
 * <p>With {@code d = headDim / 2} and frequencies {@code g_i = 10000^(−2i/d)}, {@code i < d/2}, the
 * first half of a head rotates its adjacent pairs by {@code c1 g_i}, the second half by {@code c2
 * g_i}, where {@code (c1, c2)} are the token's two coordinates.
 *
 * <p>The table is cut into strips of tokens that a {@link HeadStrip} holds at once; a strip of a
 * small grid goes over several samples.
 */
public final class RotaryTable {
  private final int tokens;
  private final int pairs;
  private final int strip;
  private final float[][][] cos;
  private final float[][][] sin;

  /**
   * @param tokens number of tokens, numbered from 0
   * @param headDim size of a head, a multiple of 4
   * @param first first coordinate of a token
   * @param second second coordinate of a token
   */
  public RotaryTable(int tokens, int headDim, IntUnaryOperator first, IntUnaryOperator second) {
    if (headDim % 4 != 0) {
      throw new InvalidInputException(
          "The head size was " + headDim + "; rotary embedding needs a multiple of 4.");
    }
    this.tokens = tokens;
    pairs = headDim / 2;
    int longest = HeadStrip.length(headDim);
    int strips = (tokens + longest - 1) / longest;
    strip = strips > 1 ? (tokens + strips - 1) / strips : longest / tokens * tokens;
    cos = new float[strips][pairs][strip];
    sin = new float[strips][pairs][strip];
    int frequencies = pairs / 2;
    for (int n = 0; n < strips * strip; n++) {
      int token = n % tokens;
      for (int i = 0; i < pairs; i++) {
        IntUnaryOperator coordinate = i < frequencies ? first : second;
        double frequency =
            Math.pow(MethodConstants.FREQUENCY_BASE, -2.0 * (i % frequencies) / pairs);
        double angle = coordinate.applyAsInt(token) * frequency;
        cos[n / strip][i][n % strip] = (float) Math.cos(angle);
        sin[n / strip][i][n % strip] = (float) Math.sin(angle);
      }
    }
  }

  /**
   * Most tokens that a strip from {@code token} on may have, tokens being counted over all samples.
   */
  int stripLength(int token) {
    return cos.length == 1 ? strip : run(token);
  }

  /** Most tokens of one sample that a strip from {@code token} on may have. */
  public int run(int token) {
    return Math.min(strip, tokens - token % tokens);
  }

  /** Cosines, for each pair of a head an array with a number for each token of a strip. */
  float[][] cosines(int token) {
    return cos[token % tokens / strip];
  }

  /** Sines, likewise. */
  float[][] sines(int token) {
    return sin[token % tokens / strip];
  }

  /** Place of a token in its strip. */
  public int place(int token) {
    return token % tokens % strip;
  }

  /**
   * Rotates the pairs of a strip of heads, the first of which is that of {@code token}: (a, b) → (a
   * cos − b sin, b cos + a sin).
   */
  public void rotate(HeadStrip head, int token) {
    float[][] c = cosines(token);
    float[][] s = sines(token);
    for (int i = 0; i < pairs; i++) {
      rotate(head.value(2 * i), head.value(2 * i + 1), c[i], s[i], head.count());
    }
  }

  /** Rotates back, which is also the backward of {@link #rotate}. */
  void rotateBack(HeadStrip head, int token) {
    float[][] c = cosines(token);
    float[][] s = sines(token);
    for (int i = 0; i < pairs; i++) {
      rotate(head.value(2 * i + 1), head.value(2 * i), c[i], s[i], head.count());
    }
  }

  private static void rotate(float[] a, float[] b, float[] cos, float[] sin, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[i];
      float y = b[i];
      a[i] = x * cos[i] - y * sin[i];
      b[i] = y * cos[i] + x * sin[i];
    }
  }
}
