package org.tim4j.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.kernel.flat.Sum;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class ArraySumTest {
  private static INDArray random(DataType type, Purpose purpose, long... shape) {
    return RandomStream.of(3, 0, purpose).gaussians(type, shape);
  }

  private static void assertAdds(INDArray sum, INDArray part) {
    INDArray before = part.dup();
    INDArray expected = sum.add(part);
    ArraySum.add(sum, part);
    assertEquals(expected, sum);
    assertEquals(before, part);
  }

  @Test
  void addsEveryValueAsTheOperationOfNd4jDoes() {
    assertAdds(
        random(DataType.FLOAT, Purpose.NOISE, 5, 3, 7),
        random(DataType.FLOAT, Purpose.INTERVAL, 5, 3, 7));
  }

  @Test
  void addsArraysOfOtherTypesAndOrders() {
    assertAdds(
        random(DataType.DOUBLE, Purpose.NOISE, 4, 6),
        random(DataType.DOUBLE, Purpose.INTERVAL, 4, 6));
    INDArray columnMajor = random(DataType.FLOAT, Purpose.NOISE, 4, 6).dup('f');
    assertAdds(columnMajor, random(DataType.FLOAT, Purpose.INTERVAL, 4, 6));
  }

  @Test
  void leavesWhatLiesBesideAViewAlone() {
    INDArray all = Nd4j.ones(DataType.FLOAT, 4, 6);
    INDArray rows = all.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all());
    ArraySum.add(rows, Nd4j.ones(DataType.FLOAT, 2, 6));
    assertArrayEquals(new double[] {6, 12, 12, 6}, all.sum(1).toDoubleVector());
    INDArray columns = all.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2));
    ArraySum.add(columns, Nd4j.ones(DataType.FLOAT, 4, 2));
    assertArrayEquals(new double[] {8, 14, 14, 8}, all.sum(1).toDoubleVector());
  }

  @Test
  void refusesArraysOfDifferentShapes() {
    try (Parallelism parallelism = Parallelism.of(2)) {
      InvalidInputException refused =
          assertThrows(
              InvalidInputException.class,
              () -> Sum.add(parallelism, FloatTensor.zeros(2, 3), FloatTensor.zeros(3, 2)));
      assertTrue(refused.getMessage().contains("[3, 2]"));
    }
  }
}
