package org.tim4j.tribuo.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;

class UsefulnessTest {
  private static final Map<String, Trainer<Label>> TREE =
      Map.of("tree", new CARTClassificationTrainer());

  @Test
  void separableClassesAreLearntAndSwappedOnesAreNot() {
    MutableDataset<Label> training = classes(40, 1, "a", "b");
    MutableDataset<Label> test = classes(20, 2, "a", "b");
    assertEquals(1, SyntheticTraining.of(TREE, training, test).mean());
    assertEquals(0, SyntheticTraining.of(TREE, classes(40, 3, "b", "a"), test).mean());
  }

  @Test
  void aMissingClassIsNamed() {
    MutableDataset<Label> test = classes(4, 1, "a", "b");
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> SyntheticTraining.of(TREE, classes(4, 1, "a", "a"), test));
    assertTrue(error.getMessage().contains("no 'b'"), error.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> SyntheticTraining.of(TREE, TestRows.empty(), test));
  }

  @Test
  void rowsOfOneDistributionCannotBeToldApartAndShiftedOnesCan() {
    Trainer<Label> classifier = new LogisticRegressionTrainer();
    MutableDataset<Label> real = shifted(200, 0, 1);
    assertEquals(0.5, Detection.areaUnderCurve(classifier, real, shifted(200, 0, 2), 5, 7), 0.07);
    // Two unit normals at distance d are told apart with probability Φ(d / √2): 0.921 for d = 2.
    assertEquals(0.921, Detection.areaUnderCurve(classifier, real, shifted(200, 2, 2), 5, 7), 0.03);
  }

  @Test
  void detectionNeedsRowsAndFolds() {
    Trainer<Label> classifier = new LogisticRegressionTrainer();
    MutableDataset<Label> rows = shifted(4, 0, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> Detection.areaUnderCurve(classifier, rows, TestRows.empty(), 2, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Detection.areaUnderCurve(classifier, rows, rows, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Detection.areaUnderCurve(classifier, rows, rows, 9, 1));
  }

  private static MutableDataset<Label> classes(int n, long seed, String low, String high) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.EVALUATION);
    MutableDataset<Label> data = TestRows.empty();
    for (int i = 0; i < n; i++) {
      boolean isHigh = i % 2 == 1;
      TestRows.add(
          data, isHigh ? high : low, (isHigh ? 3 : 0) + random.nextDouble(), random.nextDouble());
    }
    return data;
  }

  private static MutableDataset<Label> shifted(int n, double by, long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.EVALUATION);
    MutableDataset<Label> data = TestRows.empty();
    for (int i = 0; i < n; i++) {
      TestRows.add(data, "a", random.nextGaussian() + by, random.nextGaussian());
    }
    return data;
  }
}
