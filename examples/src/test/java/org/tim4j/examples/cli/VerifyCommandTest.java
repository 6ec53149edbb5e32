package org.tim4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final Path GOLDEN = Path.of(System.getProperty("tim.golden"));

  @TempDir Path folder;
  private Path copy;

  @BeforeEach
  void copyGoldenFiles() throws IOException {
    copy = Files.createDirectory(folder.resolve("golden"));
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void everyCaseOfTheReferenceFilesPasses() throws IOException {
    Files.copy(copy.resolve("weights.safetensors"), copy.resolve("unknown.safetensors"));
    Path json = folder.resolve("verify.json");
    Run run = Run.tim("verify", "--golden", copy.toString(), "--json", json.toString());
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().lines().anyMatch(line -> line.matches("unknown +- .*not covered")));
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertTrue(figures.get("passed").asBoolean());
    assertTrue(figures.get("notCovered").toString().contains("\"unknown\""));
    for (JsonNode each : figures.get("cases")) {
      assertTrue(each.get("arrays").asInt() > 0, each.toString());
    }
  }

  @Test
  void missingKnownFileFails() throws IOException {
    Files.delete(copy.resolve("time_sampling.json"));
    Run run = Run.tim("verify", "--golden", copy.toString());
    assertEquals(1, run.code());
    assertTrue(run.out().lines().anyMatch(line -> line.matches("time_sampling .*FAIL +missing.*")));
  }

  @Test
  void changedValueFails() throws IOException {
    Path file = copy.resolve("time_sampling.safetensors");
    byte[] content = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int firstValue = Long.BYTES + Math.toIntExact(buffer.getLong(0));
    buffer.putDouble(firstValue, buffer.getDouble(firstValue) + 1e-6);
    Files.write(file, content);
    Run run = Run.tim("verify", "--golden", copy.toString());
    assertEquals(1, run.code(), run.out());
    assertTrue(run.out().contains("1 failed"));
  }

  @Test
  void missingFolderIsBadInput() {
    assertTrue(
        Run.tim("verify", "--golden", folder.resolve("none").toString())
            .refusal()
            .contains("there is no folder"));
  }
}
