package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimPresetTest {
  @ParameterizedTest
  @CsvSource({
    "B_4, 136173120, 128828224",
    "XL_2, 672259344, 664128016",
    "XL_1_512, 672296224, 664164896",
    "TEXT_TO_IMAGE, 873109408, 864978080"
  })
  void hasThePublishedNumberOfParameters(TimPreset preset, long all, long withoutHead) {
    assertEquals(all, preset.config().parameterCount());
    assertEquals(
        withoutHead, preset.config().toBuilder().representation(null).build().parameterCount());
  }

  @ParameterizedTest
  @CsvSource({"XL_2, 23465376", "TEXT_TO_IMAGE, 30109248"})
  void hasBlocksOfThePublishedSize(TimPreset preset, long expected) {
    long block =
        preset.config().parameterShapes().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("block0."))
            .mapToLong(entry -> product(entry.getValue()))
            .sum();
    assertEquals(expected, block);
  }

  private static long product(long[] shape) {
    long product = 1;
    for (long extent : shape) {
      product *= extent;
    }
    return product;
  }
}
