package org.tim4j.objective.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

class PrecisionRecallTest {
  private static INDArray points(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  @Test
  void equalSetsCoverEachOther() {
    INDArray set = points(0, 1, 2, 3, 4);
    assertEquals(new PrecisionRecall(1, 1), PrecisionRecall.of(set, set, 3));
  }

  @Test
  void distantSetsMissEachOther() {
    assertEquals(
        new PrecisionRecall(0, 0),
        PrecisionRecall.of(points(0, 1, 2, 3), points(100, 101, 102, 103), 2));
  }

  @Test
  void collapsedGeneratorIsPreciseButCoversLittle() {
    // Radii with k = 1: every real point reaches 1, every generated point 0.1.
    INDArray real = points(0, 1, 2, 3, 4, 5, 6, 7);
    INDArray generated = points(3.0, 3.1, 3.2, 20.0, 20.1);
    PrecisionRecall measured = PrecisionRecall.of(real, generated, 1);
    assertEquals(0.6, measured.precision(), 1e-12);
    assertEquals(1.0 / 8, measured.recall(), 1e-12);
  }

  @Test
  void radiusReachesToTheKthOtherPoint() {
    // The only real neighbour of 0 is 1 at k = 1, but 3 at k = 2, which takes 2.5 inside.
    INDArray real = points(0, 1, 3);
    INDArray generated = points(-2.5, -2.6, -2.7);
    assertEquals(0.0, PrecisionRecall.of(real, generated, 1).precision());
    assertEquals(1.0, PrecisionRecall.of(real, generated, 2).precision());
  }

  @Test
  void unusableInputIsRefused() {
    INDArray set = points(0, 1, 2);
    assertThrows(InvalidInputException.class, () -> PrecisionRecall.of(set, set, 0));
    assertThrows(InvalidInputException.class, () -> PrecisionRecall.of(set, set, 3));
    assertThrows(InvalidInputException.class, () -> PrecisionRecall.of(set, Nd4j.zeros(4, 2), 1));
  }
}
