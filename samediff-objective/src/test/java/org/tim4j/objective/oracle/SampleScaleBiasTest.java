package org.tim4j.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.loss.DirectionalPart;
import org.tim4j.objective.loss.Distance;
import org.tim4j.objective.loss.SampleScale;

/**
 * What a prediction becomes that minimises the scaled loss over targets of a known distribution;
 * the figures of {@code docs/scale-of-samples.md}.
 *
 * <p>The first number of a target has a distribution of its own, the others are N(0, 1). They enter
 * a distance by their sum of squares alone, so that a target of {@code (y, ±root, 0, 0, …)} stands
 * for all targets of that sum, and quantiles of its distribution for the expectation.
 */
class SampleScaleBiasTest {
  private static final int QUANTILES = 1000;

  /** Targets with the probability of each. */
  private record Targets(double[][] values, double[] weights) {

    static Targets of(int dimension, double[] first, double[] shares) {
      double[] roots = dimension == 1 ? new double[1] : roots(dimension - 1);
      double[][] values = new double[first.length * roots.length][dimension];
      double[] weights = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        values[i][0] = first[i / roots.length];
        if (dimension > 1) {
          values[i][1] = roots[i % roots.length];
        }
        weights[i] = shares[i / roots.length] / roots.length;
      }
      return new Targets(values, weights);
    }

    /** Roots of the quantiles of the sum of so many squares, with both signs. */
    private static double[] roots(int squares) {
      ChiSquaredDistribution sum = new ChiSquaredDistribution(null, squares);
      return IntStream.range(0, 2 * QUANTILES)
          .mapToDouble(
              i ->
                  (i % 2 == 0 ? 1 : -1)
                      * Math.sqrt(sum.inverseCumulativeProbability((i / 2 + 0.5) / QUANTILES)))
          .toArray();
    }

    /** Returns the first number of the prediction at which the gradient vanishes. */
    double minimiser(SampleScale scale) {
      double f = Double.POSITIVE_INFINITY;
      double next = 0;
      for (int iteration = 0; iteration < 10_000 && Math.abs(next - f) > 1e-10; iteration++) {
        f = next;
        double sum = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
          double scaled = weights[i] * scale.of(distance(values[i], f));
          sum += scaled * values[i][0];
          total += scaled;
        }
        next = sum / total;
      }
      assertEquals(0, gradient(scale, next), 1e-6);
      return next;
    }

    private static double distance(double[] target, double f) {
      double rest = target.length == 1 ? 0 : target[1] * target[1];
      return ((f - target[0]) * (f - target[0]) + rest) / target.length;
    }

    /** Returns the gradient of the loss with respect to the first number of the prediction. */
    double gradient(SampleScale scale, double f) {
      int dimension = values[0].length;
      double[] prediction = new double[dimension];
      prediction[0] = f;
      double[][] predictions = new double[values.length][];
      Arrays.fill(predictions, prediction);
      double[] gradient =
          Doubles.of(
              new Distance(DirectionalPart.NONE, scale)
                  .evaluate(
                      Nd4j.createFromArray(predictions), Nd4j.createFromArray(values), weights)
                  .gradient());
      return values.length
          * IntStream.range(0, values.length).mapToDouble(i -> gradient[i * dimension]).sum();
    }
  }

  /** 1 in the share {@code rare} of all targets, else -1. */
  private static Targets twoPoints(int dimension, double rare) {
    return Targets.of(dimension, new double[] {1, -1}, new double[] {rare, 1 - rare});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100})
  void withoutScaleTheMeanIsLearnt(int dimension) {
    assertEquals(-0.8, twoPoints(dimension, 0.1).minimiser(SampleScale.NONE), 1e-9);
  }

  /** In one dimension the loss is the mean logarithm of the error: the most frequent value wins. */
  @Test
  void inOneDimensionTheAdaptiveScaleLearnsTheMode() {
    assertEquals(-1, twoPoints(1, 0.1).minimiser(SampleScale.ADAPTIVE), 1e-3);
    assertEquals(-1, twoPoints(1, 0.3).minimiser(SampleScale.ADAPTIVE), 1e-3);
  }

  /** The share of the rare value that the prediction stands for is {@code (1 + f) / 2}. */
  @ParameterizedTest
  @CsvSource({
    "3, 0.1, 0.005",
    "3, 0.3, 0.026",
    "10, 0.1, 0.065",
    "10, 0.3, 0.242",
    "30, 0.1, 0.090",
    "30, 0.3, 0.287",
    "100, 0.1, 0.097",
    "100, 0.3, 0.297"
  })
  void theAdaptiveScaleTakesFromRareValues(int dimension, double share, double learnt) {
    double f = twoPoints(dimension, share).minimiser(SampleScale.ADAPTIVE);
    assertEquals(learnt, (1 + f) / 2, 0.002);
  }

  /** {@code f - mean = -Cov(y, |y - mean|²) / E|y - mean|²} to the first order in 1/dimension. */
  @ParameterizedTest
  @CsvSource({"100, 0.1, 0.08", "100, 0.3, 0.08", "400, 0.1, 0.02", "400, 0.3, 0.02"})
  void theBiasFallsAsOneOverTheDimension(int dimension, double share, double error) {
    double thirdMoment = 8 * share * (1 - share) * (1 - 2 * share);
    double squares = 4 * share * (1 - share) + dimension - 1;
    double bias = twoPoints(dimension, share).minimiser(SampleScale.ADAPTIVE) - (2 * share - 1);
    assertEquals(-thirdMoment / squares, bias, error * thirdMoment / squares);
  }

  /** Around the mean of a symmetric distribution the scaled errors cancel as the errors do. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 100})
  void theMeanOfAGaussianIsLearntInEveryDimension(int dimension) {
    NormalDistribution normal = new NormalDistribution(null, 0.5, 1);
    double[] first =
        IntStream.range(0, 50)
            .mapToDouble(i -> normal.inverseCumulativeProbability((i + 0.5) / 50))
            .toArray();
    double[] shares = new double[first.length];
    Arrays.fill(shares, 1.0 / first.length);
    Targets targets = Targets.of(dimension, first, shares);
    assertEquals(0, targets.gradient(SampleScale.ADAPTIVE, 0.5), 1e-9);
    // The loss falls towards the mean from both sides.
    assertTrue(targets.gradient(SampleScale.ADAPTIVE, 0.8) > 1e-3);
    assertTrue(targets.gradient(SampleScale.ADAPTIVE, 0.2) < -1e-3);
  }
}
