package org.tim4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.array.Doubles;

/** Compares arrays. */
public final class Golden {
  private Golden() {}

  /** Requires equality within {@code tolerance · (1 + |expected|)}. */
  public static void assertClose(
      String what, INDArray expected, INDArray actual, double tolerance) {
    assertClose(what, Doubles.of(expected), Doubles.of(actual), tolerance);
  }

  /** Requires equality within {@code tolerance · (1 + |expected|)}. */
  public static void assertClose(
      String what, double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], actual[i], tolerance * (1 + Math.abs(expected[i])), what + " at index " + i);
    }
  }
}
