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
   * {@code y = exp(x)}; its accuracy in ulp is not measured yet; 0 below −87.4, infinite above
   * 88.8, NaN for NaN. {@code work} is overwritten.
   *
   * <p>x = k ln 2 + r with |r| ≤ ln 2 / 2, exp(x) = 2ᵏ exp(r), exp(r) by a polynomial (Cody and
   * Waite's reduction).
   */
  static void exp(float[] x, float[] y, float[] work, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i];
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
    for (int i = 0; i < n; i++) {
      int exponent = Float.floatToRawIntBits(work[i]) - ROUND_BITS + EXPONENT_BIAS;
      int kept = Math.min(Math.max(exponent, 0), INFINITE_EXPONENT);
      y[i] *= Float.intBitsToFloat(kept << FRACTION_BITS);
    }
  }

  /** {@code y = 1 / (1 + exp(-x))}; accuracy not measured yet. {@code work} is overwritten. */
  static void sigmoid(float[] x, float[] y, float[] work, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = -x[i];
    }
    exp(y, y, work, n);
    for (int i = 0; i < n; i++) {
      y[i] = 1f / (1f + y[i]);
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

  /** Largest of {@code x[from … from + n)}; NaN if one of them is NaN. */
  static float max(float[] x, int from, int n) {
    float m0 = x[from];
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    int i = from;
    for (int end = from + (n & ~3); i < end; i += 4) {
      m0 = Math.max(m0, x[i]);
      m1 = Math.max(m1, x[i + 1]);
      m2 = Math.max(m2, x[i + 2]);
      m3 = Math.max(m3, x[i + 3]);
    }
    for (; i < from + n; i++) {
      m0 = Math.max(m0, x[i]);
    }
    return Math.max(Math.max(m0, m1), Math.max(m2, m3));
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
}
