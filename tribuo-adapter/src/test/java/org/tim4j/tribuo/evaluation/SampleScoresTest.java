package org.tim4j.tribuo.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SampleScoresTest {

  @Test
  void oneSampleScoresItsAbsoluteError() {
    assertEquals(2.5, SampleScores.continuousRankedProbabilityScore(new double[] {4}, 1.5), 1e-15);
  }

  @Test
  void theScoreIsTheIntegralOfTheSquaredDistanceOfTheDistributionFunctions() {
    // F is 0, 1/3, 2/3, 1 with steps at 0, 1, 4; the observation is 2:
    // the integral is 1 · 1/9 + 1 · 4/9 + 2 · (1 - 2/3)² = 7/9.
    assertEquals(
        7.0 / 9, SampleScores.continuousRankedProbabilityScore(new double[] {4, 0, 1}, 2), 1e-15);
  }

  @Test
  void manyNormalSamplesScoreAsTheNormalDistributionDoes() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double[] samples = new double[20_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = normal.inverseCumulativeProbability((i + 0.5) / samples.length);
    }
    // CRPS of N(0, 1): y (2Φ(y) - 1) + 2φ(y) - 1/√π.
    double y = 0.7;
    double expected =
        y * (2 * normal.cumulativeProbability(y) - 1)
            + 2 * normal.density(y)
            - 1 / Math.sqrt(Math.PI);
    assertEquals(expected, SampleScores.continuousRankedProbabilityScore(samples, y), 1e-4);
    assertTrue(SampleScores.covers(samples, 1.64, 0.9));
    assertFalse(SampleScores.covers(samples, 1.65, 0.9));
    assertFalse(SampleScores.covers(samples, -1.65, 0.9));
  }

  @Test
  void emptySamplesAndImpossibleProbabilitiesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SampleScores.continuousRankedProbabilityScore(new double[0], 0));
    assertThrows(IllegalArgumentException.class, () -> SampleScores.covers(new double[] {1}, 1, 1));
  }
}
