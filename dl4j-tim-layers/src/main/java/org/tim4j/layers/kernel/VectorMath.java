package org.tim4j.layers.kernel;

/**
 * Loops over the first {@code n} elements of rows, in the form that the JIT compiler handles best:
 * separate arrays and indices that start at zero where the loop should become SIMD code, several
 * accumulators where Java's fixed order of additions forbids that.
 */
final class VectorMath {
  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; the first has so few bits that its product with an integer is exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5 · 2²³: adding it rounds to an integer, which the low bits of the sum then hold. */
  private static final float ROUND = 12582912f;

  private static final int ROUND_BITS = 0x4B400000;
  private static final int EXPONENT_BIAS = 127;
  private static final int INFINITE_EXPONENT = 255;
  private static final int FRACTION_BITS = 23;

  private VectorMath() {}

  /**
   * {@code y = exp(x)}, at most 1.02 ulp from the exact value (largest of 1.3 · 10⁷ arguments)
   * between −87.3 and 88.3; 0 below −87.7, infinite above 88.4. NaN for NaN and where |x| is above
   * 2.9 · 10⁶, which only a network that has diverged reaches. {@code work} is overwritten.
   *
   * <p>x = k ln 2 + r with |r| ≤ ln 2 / 2, exp(x) = 2ᵏ exp(r), exp(r) by a polynomial (Cody and
   * Waite's reduction).
   */
  static void exp(float[] x, float[] y, float[] work, int n) {
    expOfFraction(x, 1f, y, work, n);
    for (int i = 0; i < n; i++) {
      y[i] *= power(work[i]);
    }
  }

  /** Sets {@code y} to exp(r) and {@code work} to k, still shifted, for {@code sign · x}. */
  private static void expOfFraction(float[] x, float sign, float[] y, float[] work, int n) {
    for (int i = 0; i < n; i++) {
      float v = sign * x[i];
      float rounded = Math.fma(v, LOG2_E, ROUND);
      float k = rounded - ROUND;
      float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, v));
      float p = 1.9875691500e-4f;
      p = Math.fma(p, r, 1.3981999507e-3f);
      p = Math.fma(p, r, 8.3334519073e-3f);
      p = Math.fma(p, r, 4.1665795894e-2f);
      p = Math.fma(p, r, 1.6666665459e-1f);
      p = Math.fma(p, r, 5.0000001201e-1f);
      y[i] = Math.fma(p * r, r, r) + 1f;
      work[i] = rounded;
    }
  }

  /** 2ᵏ from the shifted k. */
  private static float power(float rounded) {
    int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS + EXPONENT_BIAS;
    int kept = Math.min(Math.max(exponent, 0), INFINITE_EXPONENT);
    return Float.intBitsToFloat(kept << FRACTION_BITS);
  }

  /**
   * {@code y = 1 / (1 + exp(-x))}, at most 2.5 ulp (a relative error of 1.5e-7) from the exact
   * value for |x| ≤ 87 and with the limits 0 and 1 beyond; NaN as for {@link #exp}. {@code work} is
   * overwritten.
   */
  static void sigmoid(float[] x, float[] y, float[] work, int n) {
    expOfFraction(x, -1f, y, work, n);
    for (int i = 0; i < n; i++) {
      y[i] = 1f / (1f + y[i] * power(work[i]));
    }
  }

  /** Sum of {@code x[from … from + n)}. */
  static float sum(float[] x, int from, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = from;
    for (int end = from + (n & ~7); i < end; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < from + n; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Sum of {@code (x[from + i] − center)²} over {@code n} elements. */
  static float squaredDistance(float[] x, int from, float center, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = from;
    for (int end = from + (n & ~7); i < end; i += 8) {
      float d0 = x[i] - center;
      float d1 = x[i + 1] - center;
      float d2 = x[i + 2] - center;
      float d3 = x[i + 3] - center;
      float d4 = x[i + 4] - center;
      float d5 = x[i + 5] - center;
      float d6 = x[i + 6] - center;
      float d7 = x[i + 7] - center;
      s0 = Math.fma(d0, d0, s0);
      s1 = Math.fma(d1, d1, s1);
      s2 = Math.fma(d2, d2, s2);
      s3 = Math.fma(d3, d3, s3);
      s4 = Math.fma(d4, d4, s4);
      s5 = Math.fma(d5, d5, s5);
      s6 = Math.fma(d6, d6, s6);
      s7 = Math.fma(d7, d7, s7);
    }
    for (; i < from + n; i++) {
      float d = x[i] - center;
      s0 = Math.fma(d, d, s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Sum of {@code x[from + i] · y[yFrom + i]} over {@code n} elements. */
  static float dot(float[] x, int from, float[] y, int yFrom, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (int end = n & ~7; i < end; i += 8) {
      int a = from + i;
      int b = yFrom + i;
      s0 = Math.fma(x[a], y[b], s0);
      s1 = Math.fma(x[a + 1], y[b + 1], s1);
      s2 = Math.fma(x[a + 2], y[b + 2], s2);
      s3 = Math.fma(x[a + 3], y[b + 3], s3);
      s4 = Math.fma(x[a + 4], y[b + 4], s4);
      s5 = Math.fma(x[a + 5], y[b + 5], s5);
      s6 = Math.fma(x[a + 6], y[b + 6], s6);
      s7 = Math.fma(x[a + 7], y[b + 7], s7);
    }
    for (; i < n; i++) {
      s0 = Math.fma(x[from + i], y[yFrom + i], s0);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** {@code y = max(x, y)}; NaN where one of them is NaN. */
  static void maximum(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(y[i], x[i]);
    }
  }

  /** {@code y += x}. */
  static void add(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += x[i];
    }
  }

  /** {@code y += x · z}. */
  static void addProduct(float[] y, float[] x, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(x[i], z[i], y[i]);
    }
  }

  /** {@code y *= x}. */
  static void multiply(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= x[i];
    }
  }

  /** {@code y -= x}. */
  static void subtract(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] -= x[i];
    }
  }

  /** {@code y *= factor}. */
  static void scale(float[] y, float factor, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= factor;
    }
  }
}
