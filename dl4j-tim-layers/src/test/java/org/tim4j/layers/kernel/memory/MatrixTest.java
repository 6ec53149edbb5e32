package org.tim4j.layers.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
  private final FloatMemory memory = FloatMemory.allocate(40);

  @BeforeEach
  void number() {
    for (int i = 0; i < 40; i++) {
      memory.write(i, new float[] {i}, 1);
    }
  }

  @AfterEach
  void close() {
    memory.close();
  }

  private static float[] row(Matrix matrix, int i) {
    float[] row = new float[matrix.columns()];
    matrix.read(i, row);
    return row;
  }

  @Test
  void partsLieWhereTheyWere() {
    Matrix matrix = new Matrix(memory, 2, 4, 5, 8);
    assertArrayEquals(new float[] {10, 11, 12, 13, 14}, row(matrix, 1));
    assertArrayEquals(new float[] {18, 19, 20, 21, 22}, row(matrix.rows(2, 2), 0));
    assertArrayEquals(new float[] {12, 13}, row(matrix.columns(2, 2), 1));
    assertArrayEquals(new float[] {27, 28, 29}, row(matrix.part(3, 1, 1, 3), 0));
    assertEquals(4 * 27, matrix.byteAt(3, 1));
  }

  @Test
  void whatIsWrittenLeavesTheGapsAlone() {
    Matrix matrix = new Matrix(memory, 2, 4, 5, 8);
    matrix.zero();
    assertArrayEquals(new float[] {0, 0, 0, 0, 0}, row(matrix, 3));
    assertArrayEquals(new float[] {7, 8, 9}, row(new Matrix(memory, 7, 1, 3, 3), 0));
    Matrix copy = new Matrix(memory, 2, 4, 3, 8);
    copy.copyFrom(Matrix.of(FloatTensor.zeros(12).memory(), 4, 3));
    assertArrayEquals(new float[] {15, 16, 17}, row(new Matrix(memory, 15, 1, 3, 3), 0));
  }

  @Test
  void aReshapedMatrixHasTheSameNumbers() {
    Matrix matrix = Matrix.of(memory, 5, 8);
    assertArrayEquals(new float[] {15, 16, 17, 18, 19}, row(matrix.reshaped(8, 5), 3));
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.reshaped(4, 8));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new Matrix(memory, 0, 4, 5, 8).reshaped(5, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 8, 7",
    "1, 5, 8, 8",
    "-1, 2, 2, 2",
    "0, 0, 4, 4",
    "0, 4, 0, 4",
    "0, 6, 2, 8",
    "0, 2147483647, 1, 2147483647"
  })
  void refusesWhatDoesNotLieInTheMemory(long offset, int rows, int columns, int stride) {
    assertThrows(
        IndexOutOfBoundsException.class, () -> new Matrix(memory, offset, rows, columns, stride));
  }
}
