package org.tim4j.layers.kernel;

import java.util.function.IntUnaryOperator;
import org.tim4j.layers.InvalidInputException;

/**
 * Cosines and sines of the two-dimensional rotary embedding for the tokens of a grid.
 *
 * <p>With {@code d = headDim / 2} and frequencies {@code g_i = 10000^(-2i/d)}, {@code i < d/2}, the
 * first half of a head rotates its adjacent pairs by {@code c1 g_i}, the second half by {@code c2
 * g_i}, where {@code (c1, c2)} are the token's two coordinates.
 */
final class RotaryTable {
  private static final double BASE = 10000;

  private final int pairs;
  private final float[] cos;
  private final float[] sin;

  /**
   * @param tokens number of tokens, numbered from 0
   * @param headDim size of a head, a multiple of 4
   * @param first first coordinate of a token
   * @param second second coordinate of a token
   */
  RotaryTable(int tokens, int headDim, IntUnaryOperator first, IntUnaryOperator second) {
    if (headDim % 4 != 0) {
      throw new InvalidInputException(
          "The head size was " + headDim + "; rotary embedding needs a multiple of 4.");
    }
    pairs = headDim / 2;
    cos = new float[tokens * pairs];
    sin = new float[tokens * pairs];
    int frequencies = pairs / 2;
    for (int token = 0; token < tokens; token++) {
      for (int i = 0; i < pairs; i++) {
        IntUnaryOperator coordinate = i < frequencies ? first : second;
        double frequency = Math.pow(BASE, -2.0 * (i % frequencies) / pairs);
        double angle = coordinate.applyAsInt(token) * frequency;
        cos[token * pairs + i] = (float) Math.cos(angle);
        sin[token * pairs + i] = (float) Math.sin(angle);
      }
    }
  }

  /** Rotates the pairs of one head of a token: (a, b) → (a cos − b sin, b cos + a sin). */
  void rotate(float[] x, int from, int token) {
    int table = token * pairs;
    for (int i = 0; i < pairs; i++) {
      int at = from + 2 * i;
      float a = x[at];
      float b = x[at + 1];
      float c = cos[table + i];
      float s = sin[table + i];
      x[at] = a * c - b * s;
      x[at + 1] = b * c + a * s;
    }
  }

  /** Rotates back, which is also the backward of {@link #rotate}. */
  void rotateBack(float[] x, int from, int token) {
    int table = token * pairs;
    for (int i = 0; i < pairs; i++) {
      int at = from + 2 * i;
      float a = x[at];
      float b = x[at + 1];
      float c = cos[table + i];
      float s = sin[table + i];
      x[at] = a * c + b * s;
      x[at + 1] = b * c - a * s;
    }
  }
}
