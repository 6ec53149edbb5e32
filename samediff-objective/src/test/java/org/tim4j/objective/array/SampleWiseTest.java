package org.tim4j.objective.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.base.InvalidInputException;

class SampleWiseTest {
  private static INDArray counted(DataType type, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return Nd4j.arange(1, length + 1).castTo(type).reshape('c', shape);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void scalesEachSampleByItsOwnFactor(DataType type) {
    INDArray x = counted(type, 2, 1, 3);
    INDArray scaled = SampleWise.scale(new double[] {2, -1}, x);
    assertArrayEquals(new double[] {2, 4, 6, -4, -5, -6}, Doubles.of(scaled));
    assertEquals(type, scaled.dataType());
    assertArrayEquals(new long[] {2, 1, 3}, scaled.shape());
    assertEquals(counted(type, 2, 1, 3), x);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void combinesTwoArrays(DataType type) {
    INDArray x = counted(type, 2, 2);
    INDArray y = counted(type, 2, 2).addi(10);
    INDArray sum = SampleWise.combine(new double[] {1, 2}, x, new double[] {0.5, -1}, y);
    assertArrayEquals(new double[] {6.5, 8, -7, -6}, Doubles.of(sum));
    assertEquals(type, sum.dataType());
    assertEquals(counted(type, 2, 2), x);
    assertEquals(counted(type, 2, 2).addi(10), y);
  }

  /** Every product and the sum are rounded as single-precision operations round them. */
  @Test
  void roundsAsArithmeticInSinglePrecisionDoes() {
    float a = 0.1f;
    float b = 0.7f;
    INDArray x = Nd4j.createFromArray(1 / 3f, 1 / 7f).reshape(1, 2);
    INDArray y = Nd4j.createFromArray(2 / 3f, 3 / 7f).reshape(1, 2);
    double[] expected = {a * (1 / 3f) + b * (2 / 3f), a * (1 / 7f) + b * (3 / 7f)};
    INDArray sum = SampleWise.combine(new double[] {0.1}, x, new double[] {0.7}, y);
    assertArrayEquals(expected, Doubles.of(sum));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void readsViewsAndColumnMajorArraysInRowMajorOrder(DataType type) {
    INDArray all = counted(type, 3, 4);
    INDArray columns = all.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
    double[] ones = {1, 1, 1};
    assertArrayEquals(
        new double[] {2, 3, 6, 7, 10, 11}, Doubles.of(SampleWise.scale(ones, columns)));
    INDArray rows = all.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all());
    assertArrayEquals(
        new double[] {5, 6, 7, 8, 9, 10, 11, 12},
        Doubles.of(SampleWise.scale(new double[] {1, 1}, rows)));
    assertArrayEquals(
        Doubles.of(all),
        Doubles.of(SampleWise.combine(ones, all.dup('f'), new double[3], all.dup('f').muli(7))));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void readsPermutedArraysInRowMajorOrder(DataType type) {
    INDArray permuted = counted(type, 2, 2, 3).permute(0, 2, 1);
    double[] expected = {1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12};
    double[] ones = {1, 1};
    assertArrayEquals(expected, Doubles.of(permuted));
    assertArrayEquals(expected, Doubles.of(SampleWise.scale(ones, permuted)));
    assertArrayEquals(
        expected, Doubles.of(SampleWise.combine(ones, permuted, new double[2], permuted)));
    assertArrayEquals(expected, Doubles.of(SampleWise.pick(permuted, 0, 1)));
    INDArray channelsLast = counted(type, 1, 2, 2, 2).permute(0, 2, 3, 1);
    assertArrayEquals(
        new double[] {1, 5, 2, 6, 3, 7, 4, 8},
        Doubles.of(SampleWise.scale(new double[] {1}, channelsLast)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void readsNothingBehindAViewOfTheFirstSamples(DataType type) {
    INDArray first = counted(type, 3, 2).get(NDArrayIndex.interval(0, 2), NDArrayIndex.all());
    assertArrayEquals(new double[] {1, 2, 3, 4}, Doubles.of(first));
    assertArrayEquals(
        new double[] {1, 2, 3, 4}, Doubles.of(SampleWise.scale(new double[] {1, 1}, first)));
  }

  @Test
  void picksAndReplacesSamples() {
    INDArray x = counted(DataType.FLOAT, 3, 2);
    INDArray picked = SampleWise.pick(x, 2, 0, 2);
    assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6}, Doubles.of(picked));
    INDArray replaced =
        SampleWise.replace(x, new int[] {1}, Nd4j.createFromArray(new float[][] {{-1, -2}}));
    assertArrayEquals(new double[] {1, 2, -1, -2, 5, 6}, Doubles.of(replaced));
    assertEquals(counted(DataType.FLOAT, 3, 2), x);
  }

  @Test
  void refusesAnotherNumberOfFactors() {
    INDArray x = counted(DataType.FLOAT, 2, 2);
    double[] two = {1, 1};
    double[] three = {1, 1, 1};
    assertThrows(InvalidInputException.class, () -> SampleWise.scale(three, x));
    assertThrows(InvalidInputException.class, () -> SampleWise.combine(three, x, two, x));
    assertThrows(InvalidInputException.class, () -> SampleWise.combine(two, x, three, x));
  }
}
