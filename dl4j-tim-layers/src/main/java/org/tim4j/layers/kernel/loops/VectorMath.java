package org.tim4j.layers.kernel.loops;

/**
 * Loops over the first {@code n} elements of rows, in the form that the JIT compiler handles best:
 * separate arrays and indices that start at zero where the loop should become SIMD code, several
 * accumulators where Java's fixed order of additions forbids that.
 */
public final class VectorMath {
  private VectorMath() {}

  /** Sum of {@code x[from … from + n)}. */
  public static float sum(float[] x, int from, int n) {
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
  public static float dot(float[] x, int from, float[] y, int yFrom, int n) {
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
  public static void maximum(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(y[i], x[i]);
    }
  }

  /** {@code y += x}. */
  public static void add(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += x[i];
    }
  }

  /** {@code y += x · z}. */
  public static void addProduct(float[] y, float[] x, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(x[i], z[i], y[i]);
    }
  }

  /** {@code y *= x}. */
  public static void multiply(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= x[i];
    }
  }

  /** {@code y -= x}. */
  public static void subtract(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] -= x[i];
    }
  }

  /** {@code y *= factor}. */
  public static void scale(float[] y, float factor, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= factor;
    }
  }
}
