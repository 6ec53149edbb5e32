package org.tim4j.layers.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void sameKeyGivesTheSameNumbers() {
    double[] first = RandomStream.of(7, 3, Purpose.NOISE).gaussians(101);
    double[] second = RandomStream.of(7, 3, Purpose.NOISE).gaussians(101);
    assertArrayEquals(first, second);
  }

  @Test
  void seedStepAndPurposeEachChangeTheNumbers() {
    long reference = RandomStream.of(7, 3, Purpose.NOISE).nextLong();
    assertNotEquals(reference, RandomStream.of(8, 3, Purpose.NOISE).nextLong());
    assertNotEquals(reference, RandomStream.of(7, 4, Purpose.NOISE).nextLong());
    assertNotEquals(reference, RandomStream.of(7, 3, Purpose.INTERVAL).nextLong());
    assertNotEquals(reference, RandomStream.of(7, 3 + (1L << 32), Purpose.NOISE).nextLong());
    assertNotEquals(reference, RandomStream.of(7 + (1L << 32), 3, Purpose.NOISE).nextLong());
  }

  /** Bounds are five standard errors of each estimate at 200,000 draws. */
  @Test
  void gaussiansHaveTheMomentsOfAStandardNormal() {
    int count = 200_000;
    double[] draws = RandomStream.of(1, 0, Purpose.NOISE).gaussians(count);
    double mean = Arrays.stream(draws).average().orElseThrow();
    double variance = Arrays.stream(draws).map(v -> v * v).average().orElseThrow() - mean * mean;
    double fourth = Arrays.stream(draws).map(v -> v * v * v * v).average().orElseThrow();
    assertEquals(0.0, mean, 5 / Math.sqrt(count));
    assertEquals(1.0, variance, 5 * Math.sqrt(2.0 / count));
    assertEquals(3.0, fourth, 5 * Math.sqrt(96.0 / count));
  }

  @Test
  void permutationHoldsEveryIndexOnce() {
    int[] order = RandomStream.of(5, 0, Purpose.DATA_ORDER).permutation(50);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < 50; i++) {
      assertEquals(i, sorted[i]);
    }
    assertNotEquals(Arrays.toString(sorted), Arrays.toString(order));
  }

  @Test
  void refusesAStepOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> RandomStream.of(1, -1, Purpose.NOISE));
    assertThrows(IllegalArgumentException.class, () -> RandomStream.of(1, 1L << 56, Purpose.NOISE));
  }
}
