package org.tim4j.objective.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

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
    INDArray c1 = matrix(new double[] {2, 0.7}, new double[] {0.7, 1});
    INDArray c2 = matrix(new double[] {0.5, -0.3}, new double[] {-0.3, 3});
    INDArray product = c1.mmul(c2);
    double trace = product.getDouble(0, 0) + product.getDouble(1, 1);
    double determinant = (2 - 0.7 * 0.7) * (0.5 * 3 - 0.3 * 0.3);
    double traceOfRoot = Math.sqrt(trace + 2 * Math.sqrt(determinant));
    double expected = 1 + 4 + 3 + 3.5 - 2 * traceOfRoot;
    double distance =
        FrechetDistance.between(
            FittedGaussian.withCovariance(Nd4j.createFromArray(1.0, 0.0), c1),
            FittedGaussian.withCovariance(Nd4j.createFromArray(0.0, 2.0), c2));
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

  /**
   * Flat images, of one colour each: every covariance has rank 3 among 768 equal groups, which the
   * eigenvalue iteration of a plain library did not survive. As each colour is spread evenly over
   * the pixels, the distance is the number of pixels times that of the colours.
   */
  @Test
  void flatImagesAreAsFarApartAsTheirColours() {
    int pixels = 16 * 16;
    INDArray first = colours(3, 48);
    INDArray second = colours(4, 40).mul(0.6).add(0.2);
    double ofColours = FrechetDistance.between(first, second);
    double ofImages = FrechetDistance.between(flat(first, pixels), flat(second, pixels));
    assertEquals(pixels * ofColours, ofImages, 1e-9 * pixels);
  }

  private static INDArray colours(long seed, int count) {
    return RandomStream.of(seed, 0, Purpose.EVALUATION).gaussians(DataType.DOUBLE, count, 3);
  }

  private static INDArray flat(INDArray colours, int pixels) {
    return Nd4j.tile(colours, 1, pixels);
  }

  /** Four examples of many features: both ways to factor a covariance give the same. */
  @Test
  void fewerExamplesThanFeaturesGiveTheDistanceOfTheirCovariances() {
    RandomStream random = RandomStream.of(5, 0, Purpose.EVALUATION);
    INDArray a = random.gaussians(DataType.DOUBLE, 4, 30);
    INDArray b = random.gaussians(DataType.DOUBLE, 200, 30).mul(0.7);
    FittedGaussian whole = FittedGaussian.withCovariance(a.mean(0), covariance(a));
    double expected =
        FrechetDistance.between(whole, FittedGaussian.withCovariance(b.mean(0), covariance(b)));
    assertEquals(expected, FrechetDistance.between(a, b), 1e-6);
    assertEquals(expected, FrechetDistance.between(b, a), 1e-6);
  }

  private static INDArray covariance(INDArray rows) {
    INDArray centred = rows.subRowVector(rows.mean(0));
    return centred.transpose().mmul(centred).div(rows.size(0) - 1);
  }

  /** A Gaussian scaled by 1 + s and shifted is s² tr C + |shift|² away from itself. */
  @Test
  void scaledAndShiftedImagesOfManyPixels() {
    INDArray a = RandomStream.of(6, 0, Purpose.EVALUATION).gaussians(DataType.DOUBLE, 24, 12288);
    double trace = a.var(true, 0).sumNumber().doubleValue();
    INDArray mean = a.mean(0);
    INDArray b = a.subRowVector(mean).mul(1.5).addRowVector(mean).add(0.25);
    double expected = 0.25 * trace + 12288 * 0.0625;
    assertEquals(expected, FrechetDistance.between(a, b), 1e-8 * expected);
  }

  @Test
  void imagesThatAreAllEqualHaveTheDistanceOfTheirMeans() {
    INDArray black = Nd4j.zeros(DataType.DOUBLE, 5, 48);
    INDArray grey = Nd4j.valueArrayOf(new long[] {3, 48}, 0.5);
    assertEquals(0, FrechetDistance.between(black, black), 0);
    assertEquals(12, FrechetDistance.between(black, grey), 1e-12);
    INDArray twice = Nd4j.concat(0, colours(7, 2), colours(7, 2));
    assertEquals(0, FrechetDistance.between(twice, twice), 1e-12);
  }

  @Test
  void numbersTooLargeToBeSquaredAreNamed() {
    INDArray huge = matrix(new double[] {1e200, 0}, new double[] {-1e200, 1});
    MetricException error =
        assertThrows(MetricException.class, () -> FrechetDistance.between(huge, huge));
    assertTrue(error.getMessage().contains("scale them down"), error.getMessage());
  }
}
