package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.weights.TensorInfo;
import org.tim4j.layers.weights.TensorSource;

class InspectCommandTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("tim.golden"), "train_net.weights.safetensors");

  @TempDir Path folder;

  @Test
  void tensorsAreListed() throws IOException {
    Path json = folder.resolve("listing.json");
    Run run = Run.tim("inspect", GOLDEN.toString(), "--json", json.toString());
    assertEquals(0, run.code());
    assertTrue(run.out().contains("F64  [24, 4, 2, 2]        x_embedder.proj.weight"), run.out());
    assertTrue(run.out().contains("67 tensors"));
    JsonNode listing = new ObjectMapper().readTree(json.toFile());
    assertEquals(67, listing.get("tensors").size());
    assertEquals(listing.get("bytes").asLong(), 8 * listing.get("elements").asLong());
  }

  @Test
  void damagedFilesAreRefusedAndNothingIsWritten() throws IOException {
    byte[] whole = Files.readAllBytes(GOLDEN);
    Path json = folder.resolve("listing.json");
    for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
      Path file = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
      String line = Run.tim("inspect", file.toString(), "--json", json.toString()).refusal();
      assertTrue(line.contains("cut.safetensors"), line);
      assertFalse(Files.exists(json));
    }
    assertTrue(
        Run.tim("inspect", folder.resolve("none").toString()).refusal().contains("no such file"));
  }

  @Test
  void shardsAreListedAsOneAndOtherFormatsAreNamed() throws IOException {
    Files.copy(GOLDEN, folder.resolve("model-00001-of-00001.safetensors"));
    StringBuilder map = new StringBuilder();
    try (TensorSource file = TensorSource.open(GOLDEN)) {
      for (TensorInfo info : file.tensors()) {
        String comma = map.isEmpty() ? "" : ",";
        map.append(comma)
            .append("\"%s\":\"model-00001-of-00001.safetensors\"".formatted(info.name()));
      }
    }
    Path index =
        Files.writeString(
            folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
    Run run = Run.tim("inspect", index.toString());
    assertEquals(0, run.code());
    assertTrue(run.out().contains("67 tensors"), run.out());

    Path page = Files.writeString(folder.resolve("page.safetensors"), "<!doctype html><p>404</p>");
    String line = Run.tim("inspect", page.toString()).refusal();
    assertTrue(line.contains("is an HTML page"), line);
  }
}
