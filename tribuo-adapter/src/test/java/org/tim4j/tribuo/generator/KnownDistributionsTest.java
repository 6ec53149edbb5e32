package org.tim4j.tribuo.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.config.TransitionSettings;

/** Shares, moments and tails of known distributions survive training and generation. */
class KnownDistributionsTest {
  private static final int ROWS = 2000;
  private static final int GENERATED = 4000;
  private static final int[] EVALUATIONS = {1, 4, 16};

  private static double[][] generate(VectorGenerator generator, int evaluations) {
    double[][] conditions = new double[GENERATED][];
    Arrays.fill(conditions, new double[] {1});
    return generator.sample(conditions, evaluations, 3);
  }

  /** Each value of a category keeps its share within 2 points, the numbers beside it their mean. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3})
  void rareValuesKeepTheirShare(double share) {
    RandomStream random = RandomStream.of(5, 0, Purpose.NOISE);
    ConditionedVectors rows = new ConditionedVectors(List.of(2, 1, 1));
    for (int i = 0; i < ROWS; i++) {
      boolean rare = i < ROWS * share;
      rows.add(
          new double[] {rare ? 1 : -1, rare ? -1 : 1, random.nextGaussian(), random.nextGaussian()},
          new double[] {1},
          1);
    }
    try (VectorGenerator generator =
        new VectorGeneratorTrainer(TransitionSettings.builder().steps(500).batchSize(128).build())
            .train(rows, 1)) {
      for (int evaluations : EVALUATIONS) {
        double[][] vectors = generate(generator, evaluations);
        long rare = Arrays.stream(vectors).filter(v -> v[0] > v[1]).count();
        String what = "NFE " + evaluations;
        assertEquals(share, rare / (double) GENERATED, 0.02, what);
        assertEquals(0, mean(vectors, 2), 0.08, what);
      }
    }
  }

  /** A log-normal output, standardised, as the regression trains it. */
  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void aHeavyTailKeepsItsMeanAndItsLength(int evaluations) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double[] values = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = Math.exp(normal.inverseCumulativeProbability((i + 0.5) / ROWS));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    ConditionedVectors rows = new ConditionedVectors(List.of(1));
    for (double value : values) {
      rows.add(new double[] {(value - mean) / deviation}, new double[] {1}, 1);
    }
    try (VectorGenerator generator =
        new VectorGeneratorTrainer(TransitionSettings.regressionBuilder().batchSize(128).build())
            .train(rows, 1)) {
      double[] generated =
          Arrays.stream(generate(generator, evaluations))
              .mapToDouble(v -> v[0] * deviation + mean)
              .toArray();
      double real = Arrays.stream(values).filter(v -> v > 5).count() / (double) ROWS;
      double tail = Arrays.stream(generated).filter(v -> v > 5).count() / (double) GENERATED;
      assertEquals(mean, Arrays.stream(generated).average().orElseThrow(), 0.1 * mean);
      assertEquals(real, tail, real / 3);
    }
  }

  private static double mean(double[][] vectors, int column) {
    return Arrays.stream(vectors).mapToDouble(v -> v[column]).average().orElseThrow();
  }
}
