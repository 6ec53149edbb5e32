package org.tim4j.objective.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.metric.FrechetDistance.Moments;

class FrechetDistanceTest {
  private static INDArray matrix(double[]... rows) {
    return Nd4j.createFromArray(rows);
  }

  @Test
  void oneDimensionIsShiftSquaredPlusDifferenceOfDeviationsSquared() {
    INDArray a = matrix(new double[] {-1}, new double[] {1});
    INDArray b = matrix(new double[] {2}, new double[] {8});
    double expected = 5 * 5 + Math.pow(Math.sqrt(2) - Math.sqrt(18), 2);
    assertEquals(expected, FrechetDistance.between(a, b), 1e-12);
  }

  @Test
  void twoByTwoCovariancesThatDoNotCommuteFollowTheClosedForm() {
    RealMatrix c1 = new Array2DRowRealMatrix(new double[][] {{2, 0.7}, {0.7, 1}});
    RealMatrix c2 = new Array2DRowRealMatrix(new double[][] {{0.5, -0.3}, {-0.3, 3}});
    RealMatrix product = c1.multiply(c2);
    double determinant = new LUDecomposition(product).getDeterminant();
    double traceOfRoot = Math.sqrt(product.getTrace() + 2 * Math.sqrt(determinant));
    double expected = 1 + 4 + 3 + 3.5 - 2 * traceOfRoot;
    double distance =
        FrechetDistance.between(
            new Moments(new ArrayRealVector(new double[] {1, 0}), c1),
            new Moments(new ArrayRealVector(new double[] {0, 2}), c2));
    assertEquals(expected, distance, 1e-12);
  }

  @Test
  void equalSetsAreAtDistanceZeroEvenWithASingularCovariance() {
    INDArray set = RandomStream.of(1, 0, Purpose.EVALUATION).gaussians(DataType.DOUBLE, 40, 6);
    set.putColumn(2, set.getColumn(1));
    set.putColumn(4, Nd4j.zeros(DataType.DOUBLE, 40));
    assertEquals(0, FrechetDistance.between(set, set), 1e-7);
  }

  @Test
  void rotationOfBothSetsKeepsTheDistance() {
    RandomStream random = RandomStream.of(2, 0, Purpose.EVALUATION);
    INDArray a = random.gaussians(DataType.DOUBLE, 50, 2);
    INDArray b = random.gaussians(DataType.DOUBLE, 60, 2).mul(1.5).add(0.3);
    double cos = Math.cos(0.6);
    double sin = Math.sin(0.6);
    INDArray rotation = matrix(new double[] {cos, sin}, new double[] {-sin, cos});
    assertEquals(
        FrechetDistance.between(a, b),
        FrechetDistance.between(a.mmul(rotation), b.mmul(rotation)),
        1e-10);
  }

  @Test
  void unusableSetsAreRefused() {
    INDArray good = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    assertThrows(
        InvalidInputException.class,
        () -> FrechetDistance.between(good, Nd4j.zeros(DataType.DOUBLE, 3, 4)));
    assertThrows(
        InvalidInputException.class,
        () -> FrechetDistance.between(good, Nd4j.zeros(DataType.DOUBLE, 1, 2)));
    assertThrows(
        InvalidInputException.class,
        () -> FrechetDistance.between(good, Nd4j.zeros(DataType.DOUBLE, 3)));
    INDArray broken = good.dup().putScalar(1, 1, Double.NaN);
    assertThrows(InvalidInputException.class, () -> FrechetDistance.between(broken, good));
  }
}
