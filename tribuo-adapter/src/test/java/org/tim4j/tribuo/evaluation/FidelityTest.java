package org.tim4j.tribuo.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

class FidelityTest {

  @Test
  void kolmogorovSmirnovIsTheLargestGapOfTheDistributionFunctions() {
    double[] real = {1, 2, 3, 4};
    assertEquals(1, Marginals.kolmogorovSmirnovComplement(real, new double[] {4, 3, 2, 1}));
    assertEquals(0, Marginals.kolmogorovSmirnovComplement(real, new double[] {5, 6}));
    // At 2 the distribution functions are 1/2 and 1/5; nowhere do they differ by more.
    assertEquals(
        0.7, Marginals.kolmogorovSmirnovComplement(real, new double[] {2, 3, 3, 4, 4}), 1e-15);
  }

  @Test
  void totalVariationIsHalfTheSumOfDifferences() {
    int[] real = {0, 0, 1, 2};
    assertEquals(1, Marginals.totalVariationComplement(real, new int[] {2, 1, 0, 0}));
    assertEquals(0, Marginals.totalVariationComplement(real, new int[] {3}));
    assertEquals(
        0.625, Marginals.totalVariationComplement(real, new int[] {0, 0, 0, 3, 3, 3, 1, 1}));
  }

  @Test
  void emptySamplesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Marginals.kolmogorovSmirnovComplement(new double[0], new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> Marginals.totalVariationComplement(new int[1], new int[0]));
  }

  @Test
  void oppositeCorrelationHasSimilarityZero() {
    double[][] rising = {{0, 0}, {1, 2}, {2, 4}};
    double[][] falling = {{0, 9}, {1, 8}, {2, 7}};
    double[][] unrelated = {{0, 0}, {1, 1}, {2, 0}};
    assertEquals(1, CorrelationSimilarity.of(rising, rising), 1e-15);
    assertEquals(0, CorrelationSimilarity.of(rising, falling), 1e-15);
    assertEquals(0.5, CorrelationSimilarity.of(rising, unrelated), 1e-15);
  }

  @Test
  void constantColumnsHaveNoCorrelation() {
    double[][] withConstant = {{0, 5, 0}, {1, 5, 2}, {2, 5, 4}};
    assertEquals(1, CorrelationSimilarity.of(withConstant, withConstant), 1e-15);
    assertEquals(1, CorrelationSimilarity.of(new double[][] {{1}, {2}}, new double[][] {{1}, {3}}));
  }

  @Test
  void categoriesAreComparedAsAWhole() {
    MutableDataset<Label> real = TestRows.empty();
    MutableDataset<Label> synthetic = TestRows.empty();
    for (int i = 0; i < 4; i++) {
      real.add(category(i < 2 ? "c@red" : "c@blue", i));
      synthetic.add(category(i < 1 ? "c@red" : "c@blue", i));
    }
    MarginalSimilarity similarity = MarginalSimilarity.of(real, synthetic, "@");
    assertEquals(Map.of("c@blue", 0.75, "n", 1.0), similarity.columns());
    assertEquals(0.875, similarity.mean());
  }

  private static ArrayExample<Label> category(String name, double number) {
    ArrayExample<Label> example = new ArrayExample<>(new Label("a"));
    example.add(name, 1);
    example.add("n", number);
    return example;
  }

  @Test
  void copiesHaveDistanceZeroAndOthersAreMeasuredInStandardDeviations() {
    // Both columns have the standard deviation 2 and 20.
    MutableDataset<Label> training =
        TestRows.of(
            new double[] {-2, -20},
            new double[] {2, -20},
            new double[] {-2, 20},
            new double[] {2, 20});
    ClosestRecord closest = new ClosestRecord(training);
    assertArrayEquals(new double[4], closest.distances(training));
    MutableDataset<Label> moved = TestRows.of(new double[] {-2, -50}, new double[] {8, 60});
    assertArrayEquals(new double[] {1.5, Math.sqrt(9 + 4)}, closest.distances(moved), 1e-12);
    assertEquals(
        (1.5 + Math.sqrt(13)) / 2 / 0.5,
        closest.medianRatio(moved, TestRows.of(new double[] {2, 30})),
        1e-12);
    assertEquals(0, closest.medianRatio(training, moved));
  }

  @Test
  void emptyDataSetsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ClosestRecord(TestRows.empty()));
    ClosestRecord closest = new ClosestRecord(TestRows.of(new double[] {1}, new double[] {2}));
    assertThrows(
        IllegalArgumentException.class,
        () -> closest.medianRatio(TestRows.empty(), TestRows.of(new double[] {1})));
  }
}
