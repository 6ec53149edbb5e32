package org.tim4j.layers.kernel.loops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  private static final int ROW = 4093;
  private static final int ROWS = 512;

  private final Exponential exponential = new Exponential();

  /** A function of rows: input, output, length. */
  private interface RowFunction {
    void apply(float[] x, float[] y, int n);
  }

  /** Largest distance from the exact value, in units of its last place, over [from, to]. */
  private static double worstUlp(
      RowFunction function, DoubleUnaryOperator exact, double from, double to) {
    float[] x = new float[ROW];
    float[] y = new float[ROW];
    double worst = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < ROW; i++) {
        double part = (row * (double) ROW + i) / ((double) ROWS * ROW);
        x[i] = (float) (from + (to - from) * part);
      }
      function.apply(x, y, ROW);
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
    double worst = worstUlp(exponential::exp, Math::exp, -87.3, 88.3);
    assertTrue(worst <= 1.02, worst + " ulp");
    worst = worstUlp(exponential::exp, Math::exp, -1, 1);
    assertTrue(worst <= 1.02, worst + " ulp");
  }

  @Test
  void sigmoidIsWithinTwoAndAHalfUnitsInTheLastPlace() {
    double worst = worstUlp(exponential::sigmoid, ExponentialTest::sigmoid, -87, 87);
    assertTrue(worst <= 2.5, worst + " ulp");
    worst = worstUlp(exponential::sigmoid, ExponentialTest::sigmoid, -20, 1);
    assertTrue(worst <= 2.5, worst + " ulp");
  }

  @Test
  void beyondTheRangeAreTheLimits() {
    float[] x = {0f, -0f, -88f, -1e6f, 88.5f, 1e6f, Float.NaN};
    float[] y = new float[x.length];
    exponential.exp(x, y, x.length);
    float infinity = Float.POSITIVE_INFINITY;
    assertArrayEquals(new float[] {1, 1, 0, 0, infinity, infinity, Float.NaN}, y);
    exponential.sigmoid(x, y, x.length);
    assertEquals(0.5f, y[0]);
    assertEquals(0f, y[3]);
    assertEquals(1f, y[5]);
    assertEquals(Float.NaN, y[6]);
  }

  @Test
  void theResultMayTakeThePlaceOfTheArgument() {
    float[] x = new float[ROW];
    for (int i = 0; i < ROW; i++) {
      x[i] = (i - ROW / 2) * 0.01f;
    }
    float[] apart = new float[ROW];
    exponential.exp(x, apart, ROW);
    float[] inPlace = x.clone();
    exponential.exp(inPlace, inPlace, ROW);
    assertArrayEquals(apart, inPlace);
    exponential.sigmoid(x, apart, ROW);
    inPlace = x.clone();
    exponential.sigmoid(inPlace, inPlace, ROW);
    assertArrayEquals(apart, inPlace);
  }
}
