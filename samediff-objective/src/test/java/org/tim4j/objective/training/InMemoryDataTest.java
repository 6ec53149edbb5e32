package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

class InMemoryDataTest {
  /** Ten examples of shape [1, 1, 2], the i-th holding (i, −i) with condition i. */
  private static Examples ten() {
    double[][] rows = new double[10][];
    double[][] conditions = new double[10][];
    for (int i = 0; i < 10; i++) {
      rows[i] = new double[] {i, -i};
      conditions[i] = new double[] {i};
    }
    return new Examples(
        Nd4j.createFromArray(rows).reshape('c', 10, 1, 1, 2), Nd4j.createFromArray(conditions));
  }

  @Test
  void everyEpochShowsEveryExampleOnce() {
    InMemoryData data = new InMemoryData(ten());
    double[] seen = new double[20];
    for (int step = 0; step < 5; step++) {
      Examples batch = data.batch(1, step, 4);
      assertArrayEquals(new long[] {4, 1, 1, 2}, batch.x().shape());
      for (int i = 0; i < 4; i++) {
        double value = batch.x().getDouble(i, 0, 0, 0);
        assertEquals(0, value + batch.x().getDouble(i, 0, 0, 1));
        assertEquals(value, batch.condition().getDouble(i, 0));
        seen[4 * step + i] = value;
      }
    }
    for (int epoch = 0; epoch < 2; epoch++) {
      double[] sorted = Arrays.copyOfRange(seen, 10 * epoch, 10 * epoch + 10);
      Arrays.sort(sorted);
      assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, sorted);
    }
  }

  @Test
  void batchIsAFunctionOfSeedAndStep() {
    INDArray first = new InMemoryData(ten()).batch(5, 7, 3).x();
    assertEquals(first, new InMemoryData(ten()).batch(5, 7, 3).x());
  }

  @Test
  void unconditionalDataStayUnconditional() {
    InMemoryData data = new InMemoryData(new Examples(ten().x(), null));
    assertEquals(null, data.batch(1, 0, 4).condition());
  }

  @Test
  void refusesUnusableData() {
    assertThrows(
        InvalidInputException.class,
        () -> new InMemoryData(new Examples(ten().x(), Nd4j.zeros(DataType.DOUBLE, 9, 1))));
    assertThrows(
        InvalidInputException.class,
        () ->
            new InMemoryData(
                new Examples(Nd4j.createFromArray(new double[][] {{1, Double.NaN}}), null)));
  }
}
