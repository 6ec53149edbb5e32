package org.tim4j.layers.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.layers.kernel.memory.Arena;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;

class GemmTest {
  private static final int PAD = 3;
  private static final int OFFSET = 5;

  private final Arena arena = new Arena();
  private final Gemm gemm = new Gemm();

  @AfterEach
  void close() {
    arena.close();
  }

  private static float value(Matrix matrix, boolean transposed, int i, int j) {
    float[] one = new float[1];
    matrix.read(transposed ? j : i, transposed ? i : j, one, 1);
    return one[0];
  }

  /** A matrix in memory that has room before and behind it and between its rows. */
  private Matrix matrix(int rows, int columns, float first) {
    int length = OFFSET + rows * (columns + PAD);
    FloatMemory memory = arena.take(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) Math.sin(first + 0.7 * i);
    }
    memory.write(0, values, length);
    return new Matrix(memory, OFFSET, rows, columns, columns + PAD);
  }

  private void multiply(boolean ta, boolean tb, Matrix a, Matrix b, Matrix c, float beta) {
    if (ta && tb) {
      gemm.multiplyTransposedBoth(a, b, c, 0.5f, beta);
    } else if (ta) {
      gemm.multiplyTransposedA(a, b, c, 0.5f, beta);
    } else if (tb) {
      gemm.multiplyTransposedB(a, b, c, 0.5f, beta);
    } else {
      gemm.multiply(a, b, c, 0.5f, beta);
    }
  }

  /** Sizes on both sides of the one from which on oneDNN makes the product. */
  @ParameterizedTest
  @CsvSource({
    "false, false, 3, 5, 7",
    "true, false, 16, 16, 32",
    "false, true, 49, 33, 31",
    "true, true, 20, 40, 60",
    "false, false, 50, 70, 90",
    "true, false, 64, 128, 33",
    "false, true, 127, 65, 48",
    "true, true, 96, 100, 97"
  })
  void isTheSumOfProductsAndLeavesWhatLiesBeside(
      boolean ta, boolean tb, int rows, int columns, int inner) {
    Matrix a = ta ? matrix(inner, rows, 0.1f) : matrix(rows, inner, 0.1f);
    Matrix b = tb ? matrix(columns, inner, 0.2f) : matrix(inner, columns, 0.2f);
    for (float beta : new float[] {0f, 1f}) {
      Matrix c = matrix(rows, columns, 0.3f);
      float[] before = c.memory().toArray();
      OneDnn.single(() -> multiply(ta, tb, a, b, c, beta));
      float[] after = c.memory().toArray();
      for (int i = 0; i < after.length; i++) {
        int row = (i - OFFSET) / c.stride();
        int column = (i - OFFSET) % c.stride();
        if (i < OFFSET || column >= columns) {
          assertEquals(before[i], after[i], "beside the matrix");
          continue;
        }
        double expected = beta * before[i];
        for (int k = 0; k < inner; k++) {
          expected += 0.5 * value(a, ta, row, k) * value(b, tb, k, column);
        }
        assertEquals(expected, after[i], 1e-5 * (1 + Math.abs(expected)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 4, 4", "64, 64, 64"})
  void doesNotReadWhatItOverwrites(int rows, int columns, int inner) {
    Matrix a = matrix(rows, inner, 0.1f);
    Matrix b = matrix(inner, columns, 0.2f);
    Matrix c = matrix(rows, columns, 0.3f);
    float[] nans = new float[c.memory().length()];
    Arrays.fill(nans, Float.NaN);
    c.memory().write(0, nans, nans.length);
    OneDnn.single(() -> gemm.multiply(a, b, c, 1f, 0f));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        assertTrue(Float.isFinite(value(c, false, i, j)));
      }
    }
  }

  @Test
  void aNanSpreadsThroughLargeProducts() {
    Matrix a = matrix(64, 64, 0.1f);
    Matrix b = matrix(64, 64, 0.2f);
    Matrix c = matrix(64, 64, 0.3f);
    a.memory().write(OFFSET + 7L * a.stride() + 9, new float[] {Float.NaN}, 1);
    OneDnn.single(() -> gemm.multiply(a, b, c, 1f, 0f));
    for (int j = 0; j < 64; j++) {
      assertTrue(Float.isNaN(value(c, false, 7, j)));
      assertTrue(Float.isFinite(value(c, false, 8, j)));
    }
  }

  @Test
  void refusesMatricesThatDoNotFit() {
    Matrix a = matrix(64, 64, 0.1f);
    Matrix b = matrix(65, 64, 0.1f);
    assertThrows(IllegalArgumentException.class, () -> gemm.multiply(a, b, a, 1f, 0f));
    assertThrows(IllegalArgumentException.class, () -> gemm.multiply(b, a, a, 1f, 0f));
    assertThrows(IllegalArgumentException.class, () -> gemm.multiplyTransposedB(a, b, a, 1f, 0f));
    assertThrows(IllegalArgumentException.class, () -> gemm.multiplyTransposedA(b, a, a, 1f, 0f));
  }

  /** Fails when a new version of the binaries no longer loads, which would only make it slow. */
  @Test
  @EnabledOnOs(architectures = {"amd64", "x86_64"})
  void oneDnnIsThereOnX86() {
    assertTrue(OneDnn.present());
  }
}
