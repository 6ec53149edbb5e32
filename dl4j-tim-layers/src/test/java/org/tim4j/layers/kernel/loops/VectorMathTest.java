package org.tim4j.layers.kernel.loops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class VectorMathTest {
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
