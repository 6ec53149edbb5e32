package org.tim4j.arbiter.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tim4j.arbiter.candidate.CurvePoint;
import org.tim4j.layers.base.InvalidInputException;

class MedianStoppingTest {
  private static List<CurvePoint> curve(double... scores) {
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new CurvePoint(10L * (i + 1), i, scores[i]))
        .toList();
  }

  @Test
  void theBestScoreIsComparedWithTheMedianOfTheMeansUpToTheSameCheck() {
    MedianStopping rule = new MedianStopping(3);
    // Means up to the second check: 5, 3 and 4, whose median is 4; later checks do not count.
    List<List<CurvePoint>> others = List.of(curve(6, 4, 0), curve(4, 2, 0), curve(5, 3, 0));
    assertTrue(rule.stops(curve(9, 4.1), others));
    assertTrue(rule.stops(curve(4.1, 9), others));
    assertFalse(rule.stops(curve(9, 4), others));
    assertFalse(rule.stops(curve(3.9, 9), others));
  }

  @Test
  void candidatesThatWereGivenUpEarlierDoNotCount() {
    MedianStopping rule = new MedianStopping(2);
    assertFalse(rule.stops(curve(9, 9), List.of(curve(1, 1), curve(1))));
    assertTrue(rule.stops(curve(9, 9), List.of(curve(1, 1), curve(1), curve(1, 2))));
    assertThrows(InvalidInputException.class, () -> new MedianStopping(0));
  }
}
