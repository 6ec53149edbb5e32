package org.tim4j.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class VectorMathTest {
  private static final int ROW = 4093;
  private static final int ROWS = 512;

  /** A function of rows: input, output, work, length. */
  private interface RowFunction {
    void apply(float[] x, float[] y, float[] work, int n);
  }

  /** Largest distance from the exact value, in units of its last place, over [from, to]. */
  private static double worstUlp(
      RowFunction function, DoubleUnaryOperator exact, double from, double to) {
    float[] x = new float[ROW];
    float[] y = new float[ROW];
    float[] work = new float[ROW];
    double worst = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < ROW; i++) {
        double part = (row * (double) ROW + i) / ((double) ROWS * ROW);
        x[i] = (float) (from + (to - from) * part);
      }
      function.apply(x, y, work, ROW);
      for (int i = 0; i < ROW; i++) {
        double e = exact.applyAsDouble(x[i]);
        worst = Math.max(worst, Math.abs(y[i] - e) / Math.ulp((float) e));
      }
    }
    return worst;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void exponentialIsWithinOneUnitInTheLastPlace() {
    double worst = worstUlp(VectorMath::exp, Math::exp, -87.3, 88.3);
    assertTrue(worst <= 1.02, worst + " ulp");
    worst = worstUlp(VectorMath::exp, Math::exp, -1, 1);
    assertTrue(worst <= 1.02, worst + " ulp");
  }

  @Test
  void sigmoidIsWithinTwoAndAHalfUnitsInTheLastPlace() {
    double worst = worstUlp(VectorMath::sigmoid, VectorMathTest::sigmoid, -87, 87);
    assertTrue(worst <= 2.5, worst + " ulp");
    worst = worstUlp(VectorMath::sigmoid, VectorMathTest::sigmoid, -20, 1);
    assertTrue(worst <= 2.5, worst + " ulp");
  }

  @Test
  void beyondTheRangeAreTheLimits() {
    float[] x = {0f, -0f, -88f, -1e6f, 88.5f, 1e6f, Float.NaN};
    float[] y = new float[x.length];
    VectorMath.exp(x, y, new float[x.length], x.length);
    float infinity = Float.POSITIVE_INFINITY;
    assertArrayEquals(new float[] {1, 1, 0, 0, infinity, infinity, Float.NaN}, y);
    VectorMath.sigmoid(x, y, new float[x.length], x.length);
    assertEquals(0.5f, y[0]);
    assertEquals(0f, y[3]);
    assertEquals(1f, y[5]);
    assertEquals(Float.NaN, y[6]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 31, 64, 1000})
  void sumsProductsAndMaximaOfAnyLength(int n) {
    RandomStream random = RandomStream.of(3, n, Purpose.EVALUATION);
    int from = 3;
    float[] x = new float[from + n];
    float[] y = new float[from + n + 2];
    double sum = 0;
    double dot = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      x[from + i] = (float) random.nextGaussian();
      y[from + 2 + i] = (float) random.nextGaussian();
      sum += x[from + i];
      dot += (double) x[from + i] * y[from + 2 + i];
      size += Math.abs(x[from + i]);
    }
    assertEquals(sum, VectorMath.sum(x, from, n), 1e-6 * size);
    assertEquals(dot, VectorMath.dot(x, from, y, from + 2, n), 1e-6 * size);
  }

  @Test
  void theMaximumOfTwoRowsKeepsEveryNaN() {
    float[] y = {1, -2, Float.NaN, 4, Float.NEGATIVE_INFINITY};
    VectorMath.maximum(y, new float[] {0, 3, 1, Float.NaN, -5}, 5);
    assertArrayEquals(new float[] {1, 3, Float.NaN, Float.NaN, -5}, y);
  }
}
