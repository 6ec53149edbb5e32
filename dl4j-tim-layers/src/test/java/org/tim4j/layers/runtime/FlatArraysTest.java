package org.tim4j.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.base.InvalidInputException;

class FlatArraysTest {
  private final INDArray flat = Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8, 9, 10);

  private INDArray part(int from, int to, long... shape) {
    return flat.get(NDArrayIndex.interval(from, to)).reshape('c', shape);
  }

  @Test
  void seesArraysThatFollowEachOtherAsOne() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("W", part(2, 8, 2, 3));
    arrays.put("b", part(8, 10, 2));
    FlatArrays seen = FlatArrays.of(arrays);
    assertArrayEquals(new float[] {3, 4, 5, 6, 7, 8, 9, 10}, seen.memory().toArray());
    flat.putScalar(2, -1);
    assertArrayEquals(new float[] {-1, 4, 5, 6, 7, 8, 9, 10}, seen.memory().toArray());
  }

  @Test
  void namesTheFirstArrayThatLiesElsewhere() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("W", part(0, 4, 2, 2));
    arrays.put("gap", part(5, 7, 2));
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> FlatArrays.of(arrays));
    assertTrue(refused.getMessage().contains("Parameter gap does not follow"));
  }

  @Test
  void refusesColumnMajorArrays() {
    Map<String, INDArray> arrays = Map.of("W", part(0, 4, 2, 2).dup('f'));
    assertThrows(InvalidInputException.class, () -> FlatArrays.of(arrays));
  }
}
