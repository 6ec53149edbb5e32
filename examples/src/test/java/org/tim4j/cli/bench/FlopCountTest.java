package org.tim4j.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;

class FlopCountTest {
  private static TimNetworkConfig.Builder tiny() {
    return TimNetworkConfig.builder()
        .channels(3)
        .patch(2)
        .hidden(8)
        .depth(2)
        .heads(2)
        .mlpRatio(3)
        .modulationRank(5)
        .condition(new Condition.Classes(10, true));
  }

  @Test
  void everyMatrixProductOfATinyNetworkIsCounted() {
    // Width 8, patch 2x2x3 = 12 values, 4x6 pixels = 6 tokens, inner width floor(2·24/3) = 16.
    long patchAndOutput = 6 * 12 * 8 + 6 * 8 * 12;
    long times = 2 * (256 * 8 + 8 * 8);
    long outputModulation = 8 * 8 + 4 * 16;
    long block =
        (8 * 10 + 5 * 48)
            + 8 * 24
            + 6 * 8 * 24
            + 2 * (6 * 6 * 8)
            + 6 * 8 * 8
            + 6 * (8 * 32 + 16 * 8);
    long expected = 2 * (patchAndOutput + times + outputModulation + 2 * block);
    assertEquals(expected, new FlopCount(tiny().build(), 4, 6).forward());
  }

  @Test
  void referenceNetworkTakesNineGigaflops() {
    TimNetworkConfig network =
        TimNetworkConfig.builder().channels(1).patch(2).hidden(384).depth(12).heads(6).build();
    assertEquals(9.1e9, new FlopCount(network, 28, 28).forward(), 0.05e9);
  }

  @Test
  void trainingStepIsThreePassesAndTwoPredictionsForIntervals() {
    FlopCount count = new FlopCount(tiny().build(), 4, 6);
    assertEquals((3 * 10 + 2 * 6) * count.forward(), count.trainingStep(10, 4));
  }

  @Test
  void captionsAreRefused() {
    TimNetworkConfig captioned = tiny().condition(new Condition.Caption(4)).build();
    assertThrows(InvalidInputException.class, () -> new FlopCount(captioned, 4, 4));
  }
}
