package org.tim4j.tribuo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.objective.training.RunSettings;

class TableSizeTest {
  @ParameterizedTest
  @CsvSource({
    "4, 120, 64, 500, 128",
    "30, 569, 96, 974, 128",
    "22, 150, 80, 500, 128",
    "108, 32561, 256, 7367, 256",
    "1000, 200000, 256, 10000, 256"
  })
  void networkAndTrainingGrowWithTheTable(int width, int rows, int hidden, int steps, int batch) {
    RunSettings run =
        new RowSettings(TransitionSettings.defaults(), rows).run(List.of(width), 2, 1);
    assertEquals(hidden, run.network().hidden());
    assertEquals(steps, run.training().steps());
    assertEquals(batch, run.training().batchSize());
  }

  @Test
  void whatIsSetStays() {
    TransitionSettings set =
        TransitionSettings.builder().hiddenSize(32).steps(7).batchSize(5).build();
    RunSettings run = new RowSettings(set, 10_000).run(List.of(50), 2, 1);
    assertEquals(32, run.network().hidden());
    assertEquals(7, run.training().steps());
    assertEquals(5, run.training().batchSize());
  }
}
