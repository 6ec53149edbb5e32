package org.tim4j.objective.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

class NearestNeighbourAgreementTest {
  private static final INDArray LINE =
      Nd4j.createFromArray(new double[][] {{0}, {1}, {2}, {10}, {11}, {12}});
  private static final int[] CLASSES = {0, 0, 0, 1, 1, 1};

  private static INDArray points(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  @Test
  void sharesOfWantedClassesAreCounted() {
    NearestNeighbourAgreement agreement = NearestNeighbourAgreement.with(LINE, CLASSES, 3);
    INDArray generated = points(0.4, 1.6, 11.2, 10.9);
    assertEquals(1.0, agreement.of(generated, new int[] {0, 0, 1, 1}));
    assertEquals(0.75, agreement.of(generated, new int[] {0, 1, 1, 1}));
    assertEquals(0.0, agreement.of(generated, new int[] {1, 1, 0, 0}));
  }

  @Test
  void majorityOutvotesTheNearest() {
    INDArray reference = Nd4j.createFromArray(new double[][] {{0}, {1}, {1.5}});
    NearestNeighbourAgreement agreement =
        NearestNeighbourAgreement.with(reference, new int[] {0, 1, 1}, 3);
    assertEquals(1.0, agreement.of(points(0.1), new int[] {1}));
  }

  @Test
  void tieGoesToTheNearest() {
    INDArray reference = Nd4j.createFromArray(new double[][] {{0}, {1}, {2}});
    NearestNeighbourAgreement agreement =
        NearestNeighbourAgreement.with(reference, new int[] {0, 1, 2}, 3);
    assertEquals(1.0, agreement.of(points(1.9), new int[] {2}));
    assertEquals(1.0, agreement.of(points(0.2), new int[] {0}));
  }

  @Test
  void unusableInputIsRefused() {
    assertThrows(
        InvalidInputException.class, () -> NearestNeighbourAgreement.with(LINE, CLASSES, 0));
    assertThrows(
        InvalidInputException.class, () -> NearestNeighbourAgreement.with(LINE, CLASSES, 7));
    assertThrows(
        InvalidInputException.class,
        () -> NearestNeighbourAgreement.with(LINE, new int[] {0, 1}, 3));
    NearestNeighbourAgreement agreement = NearestNeighbourAgreement.with(LINE, CLASSES, 3);
    assertThrows(InvalidInputException.class, () -> agreement.of(points(1), new int[] {0, 1}));
    assertThrows(InvalidInputException.class, () -> agreement.of(points(1), new int[] {-1}));
  }
}
