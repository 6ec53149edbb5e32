package org.tim4j.objective.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.training.AverageDecay.WarmUp;

class AverageDecayTest {
  @Test
  void warmUpGrowsToTheLongRunDecay() {
    AverageDecay decay = new AverageDecay(0.999, WarmUp.RATIONAL);
    assertEquals(0.1, decay.at(0));
    assertEquals(0.5, decay.at(8));
    assertEquals(0.999, decay.at(1_000_000));
  }

  @Test
  void withoutWarmUpTheDecayIsConstant() {
    assertEquals(0.9999, AverageDecay.published().at(0));
    assertEquals(0.9999, AverageDecay.published().at(12345));
  }

  @Test
  void refusesADecayThatNeverLearns() {
    assertThrows(InvalidInputException.class, () -> new AverageDecay(1, WarmUp.NONE));
    assertThrows(InvalidInputException.class, () -> new AverageDecay(Double.NaN, WarmUp.NONE));
  }
}
