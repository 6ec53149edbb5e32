package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final Path GOLDEN = Path.of(System.getProperty("tim.golden"));

  @TempDir Path folder;

  private Path copy(String name) throws IOException {
    return Files.copy(GOLDEN.resolve(name), folder.resolve(name));
  }

  private static boolean hasLine(Run run, String pattern) {
    return run.out().lines().anyMatch(line -> line.matches(pattern));
  }

  @Test
  void everyCaseOfTheReferenceFilesPasses() throws IOException {
    Path json = folder.resolve("verify.json");
    Run run = Run.tim("verify", "--golden", GOLDEN.toString(), "--json", json.toString());
    assertEquals(0, run.code(), run.out());
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertTrue(figures.get("passed").asBoolean());
    assertTrue(figures.get("notCovered").isEmpty(), figures.get("notCovered").toString());
    for (JsonNode each : figures.get("cases")) {
      assertTrue(each.get("arrays").asInt() > 0, each.toString());
    }
  }

  @Test
  void unknownFilesAreListed() throws IOException {
    Files.copy(GOLDEN.resolve("weights.safetensors"), folder.resolve("unknown.safetensors"));
    Run run = Run.tim("verify", "--golden", folder.toString());
    assertTrue(hasLine(run, "unknown +- .*not covered"), run.out());
  }

  @Test
  void missingKnownFilesFail() throws IOException {
    copy("time_sampling.safetensors");
    Run run = Run.tim("verify", "--golden", folder.toString());
    assertEquals(1, run.code());
    assertTrue(hasLine(run, "time_sampling .*FAIL +missing.*"), run.out());
    assertTrue(hasLine(run, "transports .*FAIL +missing.*"), run.out());
  }

  @Test
  void changedValueFails() throws IOException {
    copy("time_sampling.json");
    Path file = copy("time_sampling.safetensors");
    byte[] content = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int firstValue = Long.BYTES + Math.toIntExact(buffer.getLong(0));
    buffer.putDouble(firstValue, buffer.getDouble(firstValue) + 1e-6);
    Files.write(file, content);
    Run run = Run.tim("verify", "--golden", folder.toString());
    assertEquals(1, run.code());
    assertEquals(
        1, run.out().lines().filter(line -> line.matches("time_sampling .*FAIL.*")).count());
  }

  @Test
  void damagedFileFails() throws IOException {
    copy("time_sampling.json");
    Path file = copy("time_sampling.safetensors");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5000));
    Run run = Run.tim("verify", "--golden", folder.toString());
    assertEquals(1, run.code());
    assertTrue(hasLine(run, "time_sampling +- .*FAIL .*cut short.*"), run.out());
  }

  @Test
  void aFileThatDoesNotFitIsRefusedInOneLine() throws IOException {
    Path file = copy("time_sampling.safetensors");
    Path json = copy("time_sampling.json");
    Files.writeString(json, Files.readString(json).replace("\"batch\": 8", "\"batch\": 9"));
    String refusal = Run.tim("verify", "--golden", folder.toString()).refusal();
    assertTrue(refusal.contains("tr0/OT_FM/raw1 F64 [8]; F64 [9] is expected"), refusal);
    Files.writeString(json, "[1, 2");
    refusal = Run.tim("verify", "--golden", folder.toString()).refusal();
    assertTrue(refusal.contains("time_sampling.json: this is no JSON"), refusal);
    Files.copy(GOLDEN.resolve("time_sampling.json"), json, StandardCopyOption.REPLACE_EXISTING);
    Files.write(
        file,
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .replace("\"VE_SDE/raw\"", "\"VE_SDE/row\"")
            .getBytes(StandardCharsets.ISO_8859_1));
    refusal = Run.tim("verify", "--golden", folder.toString()).refusal();
    assertTrue(refusal.contains("time_sampling has no array VE_SDE/raw"), refusal);
  }

  @Test
  void missingFolderIsBadInput() {
    assertTrue(
        Run.tim("verify", "--golden", folder.resolve("none").toString())
            .refusal()
            .contains("there is no folder"));
  }
}
