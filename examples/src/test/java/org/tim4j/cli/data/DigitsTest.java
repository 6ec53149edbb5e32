package org.tim4j.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;
import org.tim4j.objective.metric.FrechetDistance;
import org.tim4j.objective.metric.NearestNeighbourAgreement;

class DigitsTest {
  private final TrainTest digits = new Digits().load();

  @Test
  void everyClassIsDividedFourToOne() {
    assertEquals(1797, digits.all().count());
    int[] train = perClass(digits.train());
    int[] test = perClass(digits.test());
    assertArrayEquals(
        new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180},
        IntStream.range(0, 10).map(i -> train[i] + test[i]).toArray());
    assertArrayEquals(
        Arrays.stream(perClass(digits.all())).map(n -> (int) Math.rint(0.2 * n)).toArray(), test);
  }

  private static int[] perClass(ImageSet set) {
    int[] counts = new int[set.classNames().size()];
    Arrays.stream(set.classes()).forEach(value -> counts[value]++);
    return counts;
  }

  @Test
  void pixelsSpanMinusOneToOne() {
    assertEquals(-1.0, digits.all().images().minNumber().doubleValue());
    assertEquals(1.0, digits.all().images().maxNumber().doubleValue());
    assertEquals(new ImageShape(1, 8, 8), digits.train().shape());
  }

  /** Reference value from NumPy (linalg.qr and linalg.svd in double precision). */
  @Test
  void frechetDistanceOfTwoHalvesAgreesWithNumpy() {
    ImageSet all = Digits.read();
    int[] even = IntStream.range(0, 1797).filter(i -> i % 2 == 0).toArray();
    int[] odd = IntStream.range(0, 1797).filter(i -> i % 2 == 1).toArray();
    double distance =
        FrechetDistance.between(all.select(even).features(), all.select(odd).features());
    assertEquals(0.28209927335154816, distance, 1e-8);
  }

  @Test
  void splitIsTheSameEveryTime() {
    INDArray again = new Digits().load().test().images();
    assertEquals(digits.test().images(), again);
  }

  @Test
  void threeNeighboursClassifyTheTestPartAlmostPerfectly() {
    NearestNeighbourAgreement classifier =
        NearestNeighbourAgreement.with(digits.train().features(), digits.train().classes(), 3);
    double accuracy = classifier.of(digits.test().features(), digits.test().classes());
    assertEquals(0.98, accuracy, 0.01);
  }
}
