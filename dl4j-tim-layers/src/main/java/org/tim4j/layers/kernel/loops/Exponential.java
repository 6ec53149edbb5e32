package org.tim4j.layers.kernel.loops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Exponential and logistic function of rows. One instance belongs to one thread.
 *
 * <p>A power of two is made in the bits of a float. Java 17 makes SIMD code of loops over floats
 * and of loops over ints, but not of a loop that takes a float's bits, so that the bits go from
 * float array to int array and back through a small buffer.
 */
public final class Exponential {
  /** Elements taken at once, so that they stay in the first cache. */
  private static final int CHUNK = 1024;

  static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; the first has so few bits that its product with an integer is exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  /** Coefficients of the polynomial that goes with the reduction. */
  static final float C2 = 5.0000001201e-1f;

  static final float C3 = 1.6666665459e-1f;
  static final float C4 = 4.1665795894e-2f;
  static final float C5 = 8.3334519073e-3f;
  static final float C6 = 1.3981999507e-3f;
  static final float C7 = 1.9875691500e-4f;

  /** 1.5 · 2²³: adding it rounds to an integer, which the low bits of the sum then hold. */
  static final float ROUND = 12582912f;

  static final int ROUND_BITS = 0x4B400000;
  static final int EXPONENT_BIAS = 127;
  static final int INFINITE_EXPONENT = 255;
  static final int FRACTION_BITS = 23;
  private static final int SIGN_BIT = 31;

  private final FloatBuffer floats;
  private final IntBuffer words;
  private final int[] bits = new int[CHUNK];
  private final float[] piece = new float[CHUNK];
  private final float[] fraction = new float[CHUNK];
  private final float[] power = new float[CHUNK];

  public Exponential() {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.nativeOrder());
    floats = memory.asFloatBuffer();
    words = memory.asIntBuffer();
  }

  /**
   * {@code y = exp(x)}, at most 1.02 ulp from the exact value (largest of 1.3 · 10⁷ arguments)
   * between −87.3 and 88.3; 0 below −87.7, infinite above 88.4. NaN for NaN and where |x| is above
   * 2.9 · 10⁶, which only a network that has diverged reaches.
   *
   * <p>x = k ln 2 + r with |r| ≤ ln 2 / 2, exp(x) = 2ᵏ exp(r), exp(r) by a polynomial (Cody and
   * Waite's reduction).
   *
   * @param y may be {@code x}
   */
  public void exp(float[] x, float[] y, int n) {
    inPieces(x, y, n, this::expPiece);
  }

  private void expPiece(float[] x, float[] y, int n) {
    factors(x, 1f, n);
    multiply(fraction, power, y, n);
  }

  private static void multiply(float[] fraction, float[] power, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = fraction[i] * power[i];
    }
  }

  /**
   * {@code y = 1 / (1 + exp(-x))}, at most 2.5 ulp (a relative error of 1.5e-7) from the exact
   * value for |x| ≤ 87 and with the limits 0 and 1 beyond; NaN as for {@link #exp}.
   *
   * @param y may be {@code x}
   */
  public void sigmoid(float[] x, float[] y, int n) {
    inPieces(x, y, n, this::sigmoidPiece);
  }

  private void sigmoidPiece(float[] x, float[] y, int n) {
    factors(x, -1f, n);
    logistic(fraction, power, y, n);
  }

  private static void logistic(float[] fraction, float[] power, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = 1f / (1f + fraction[i] * power[i]);
    }
  }

  /** A function of at most {@link #CHUNK} elements. */
  @FunctionalInterface
  private interface Piece {
    void run(float[] x, float[] y, int n);
  }

  /** Short rows are taken as they are; pieces of long ones are copied, to start at index zero. */
  private void inPieces(float[] x, float[] y, int n, Piece function) {
    if (n <= CHUNK) {
      function.run(x, y, n);
      return;
    }
    for (int from = 0; from < n; from += CHUNK) {
      int count = Math.min(CHUNK, n - from);
      System.arraycopy(x, from, piece, 0, count);
      function.run(piece, piece, count);
      System.arraycopy(piece, 0, y, from, count);
    }
  }

  /** Sets fraction and power to exp(r) and 2ᵏ of {@code sign · x}. */
  private void factors(float[] x, float sign, int n) {
    reduce(x, sign, fraction, power, n);
    floats.put(0, power, 0, n);
    words.get(0, bits, 0, n);
    powerBits(bits, n);
    words.put(0, bits, 0, n);
    floats.get(0, power, 0, n);
  }

  /** Sets {@code y} to exp(r) and {@code shifted} to k + {@link #ROUND}. */
  private static void reduce(float[] x, float sign, float[] y, float[] shifted, int n) {
    for (int i = 0; i < n; i++) {
      float v = sign * x[i];
      float rounded = Math.fma(v, LOG2_E, ROUND);
      float k = rounded - ROUND;
      float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, v));
      float p = C7;
      p = Math.fma(p, r, C6);
      p = Math.fma(p, r, C5);
      p = Math.fma(p, r, C4);
      p = Math.fma(p, r, C3);
      p = Math.fma(p, r, C2);
      y[i] = Math.fma(p * r, r, r) + 1f;
      shifted[i] = rounded;
    }
  }

  /** Bits of k + {@link #ROUND} to bits of 2ᵏ, k limited to exponents that a float has. */
  private static void powerBits(int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      int exponent = bits[i] - (ROUND_BITS - EXPONENT_BIAS);
      // The larger of it and 0, and then the smaller of that and 255, without a branch: the
      // compiler makes SIMD code of these operations, but not of Math.min and Math.max of ints.
      exponent &= ~(exponent >> SIGN_BIT);
      int below = INFINITE_EXPONENT - exponent;
      below &= ~(below >> SIGN_BIT);
      bits[i] = (INFINITE_EXPONENT - below) << FRACTION_BITS;
    }
  }
}
