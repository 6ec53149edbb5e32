package org.tim4j.tribuo.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tim4j.objective.training.Examples;

class JitteredRowsTest {

  private static ConditionedVectors rows(double... weights) {
    ConditionedVectors rows = new ConditionedVectors(List.of(1));
    for (int i = 0; i < weights.length; i++) {
      rows.add(new double[] {i, -i}, new double[] {10 * i}, weights[i]);
    }
    return rows;
  }

  @Test
  void rowsComeInProportionToTheirWeightsWithTheirConditions() {
    Examples batch = new JitteredRows(rows(1, 0, 2, 5), 0).batch(3, 7, 80);
    assertArrayEquals(new long[] {80, 1, 2}, batch.x().shape());
    int[] counts = new int[4];
    for (int i = 0; i < 80; i++) {
      double row = batch.x().getDouble(i, 0, 0);
      assertEquals(0, row + batch.x().getDouble(i, 0, 1));
      assertEquals(10 * row, batch.condition().getDouble(i, 0));
      counts[(int) row]++;
    }
    assertEquals(0, counts[1]);
    assertEquals(10, counts[0], 1);
    assertEquals(20, counts[2], 1);
    assertEquals(50, counts[3], 1);
  }

  @Test
  void batchesAreAFunctionOfSeedAndStep() {
    JitteredRows data = new JitteredRows(rows(1, 1, 1, 1, 1), 0.1);
    assertEquals(data.batch(1, 2, 16).x(), data.batch(1, 2, 16).x());
    assertNotEquals(data.batch(1, 2, 16).x(), data.batch(1, 3, 16).x());
    assertNotEquals(data.batch(1, 2, 16).x(), data.batch(2, 2, 16).x());
  }

  @Test
  void theNoiseHasTheGivenStandardDeviationAndLeavesTheRowsAlone() {
    ConditionedVectors rows = rows(1);
    Examples batch = new JitteredRows(rows, 0.25).batch(1, 1, 4000);
    assertEquals(0.25, batch.x().stdNumber().doubleValue(), 0.01);
    assertArrayEquals(new double[] {0, 0}, rows.vector(0), 0);
  }
}
