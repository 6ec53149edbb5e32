package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.objective.spark.SparkPlatform;

/** {@code tim train --spark}. */
class SparkTrainTest {
  @TempDir Path folder;

  private Run train(String name, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("train", "--data", "digits", "--out", folder.resolve(name).toString()));
    args.addAll(List.of("--set", "hidden=16", "--set", "depth=1", "--set", "heads=2"));
    args.addAll(List.of("--set", "batchSize=8", "--nfe", "1", "--samples-per-class", "2"));
    args.addAll(List.of(more));
    return Run.tim(args.toArray(String[]::new));
  }

  private byte[] weights(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve("model.tim/weights.safetensors"));
  }

  private static void assumeSpark() {
    int java = Runtime.version().feature();
    assumeTrue(SparkPlatform.supports(java), "Spark 3.5 does not run on Java " + java);
  }

  private static void assertDone(Run run) {
    assertEquals(0, run.code(), run.err());
  }

  /** One worker makes the steps of this process; two share a run that was begun without Spark. */
  @Test
  void runsMoveBetweenSparkAndOneProcess() throws IOException {
    assumeSpark();
    assertDone(train("alone", "--steps", "4"));
    assertDone(train("one", "--steps", "4", "--spark", "local[1]", "--averaging", "3"));
    assertArrayEquals(weights("alone"), weights("one"));

    assertDone(train("alone", "--steps", "7", "--resume", "--spark", "local[2]"));
    List<String> log = Files.readAllLines(folder.resolve("alone/loss.csv"));
    assertEquals(8, log.size());
    assertTrue(log.get(7).startsWith("6,56,"), log.get(7));
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("alone/metrics.json").toFile());
    assertEquals(7, metrics.get("steps").asInt());
    assertTrue(metrics.get("sparkSeconds").get("slowestWorker").asDouble() > 0);
  }

  @Test
  void whatSparkCannotDoIsRefusedAndNothingIsWritten() {
    assumeSpark();
    String[][] cases = {
      {"--spark", "spark", "'spark' is no Spark master"},
      {"--spark", "spark://127.0.0.1:7077", "give --workers"},
      {"--spark", "local[2]", "--workers", "0", "workers is 0"},
      {"--spark", "local[2]", "--averaging", "0", "averaging frequency is 0"},
      {"--workers", "2", "give --spark, too"},
    };
    for (String[] each : cases) {
      List<String> given = List.of(each).subList(0, each.length - 1);
      String line = train("never", given.toArray(String[]::new)).refusal();
      assertTrue(line.contains(each[each.length - 1]), line);
      assertFalse(Files.exists(folder.resolve("never")));
    }
  }
}
