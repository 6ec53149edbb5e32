package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderFilesTest {
  private static final JsonNode CONFIG = JsonNodeFactory.instance.objectNode().put("hidden", 24);

  @TempDir Path parent;
  private Path model;

  @BeforeEach
  void write() {
    model = parent.resolve("model.tim");
    write("first");
  }

  @Test
  void filesAndConfigurationAreReadBack() throws IOException {
    FolderManifest manifest = FolderManifest.read(model);
    assertEquals(CONFIG, manifest.network());
    assertEquals("first", Files.readString(manifest.checked(model, "a.bin")));
    assertTrue(manifest.lists("a.bin"));
    assertFalse(manifest.lists("b.bin"));
    assertRefused("has no b.bin", () -> manifest.checked(model, "b.bin"));
  }

  /** Sum of the five letters as {@code printf first | sha256sum} gives it. */
  @Test
  void sumsAreSha256() {
    assertEquals(
        "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e",
        FolderManifest.read(model).files().get("a.bin").sha256());
  }

  @Test
  void writingAgainReplacesTheWholeFolderAndLeavesNothingBeside() throws IOException {
    FolderFiles.write(model, CONFIG, Map.of("b.bin", path -> put(path, "second")));
    assertEquals(List.of("b.bin", "config.json"), names(model));
    assertEquals(List.of("model.tim"), names(parent));
  }

  @Test
  void aFailureLeavesTheOldFolder() throws IOException {
    assertRefused(
        "cannot be written: java.io.IOException: disk full",
        () ->
            FolderFiles.write(
                model,
                CONFIG,
                Map.of(
                    "a.bin",
                    path -> {
                      throw new IOException("disk full");
                    })));
    assertEquals("first", Files.readString(FolderManifest.read(model).checked(model, "a.bin")));
    assertEquals(List.of("model.tim"), names(parent));
  }

  @Test
  void whatAKilledProcessLeftBehindIsRemoved() throws IOException {
    Files.createDirectories(parent.resolve(".model.tim.staging123/model.tim"));
    Files.createDirectories(parent.resolve("model.tim.previous"));
    write("second");
    assertEquals(List.of("model.tim"), names(parent));
  }

  @Test
  void foldersWithOtherThingsAreNotReplaced() throws IOException {
    Files.writeString(model.resolve("notes.txt"), "mine");
    assertRefused("holds notes.txt", () -> write("second"));
    Path other = Files.createDirectory(parent.resolve("holiday"));
    Files.writeString(other.resolve("beach.png"), "image");
    assertRefused("holds beach.png", () -> FolderFiles.write(other, CONFIG, Map.of()));
    Path file = Files.writeString(parent.resolve("file"), "text");
    assertRefused("is a file", () -> FolderFiles.write(file, CONFIG, Map.of()));
    assertEquals("image", Files.readString(other.resolve("beach.png")));
  }

  @ParameterizedTest
  @CsvSource({"firs,4 bytes long instead of 5", "fjrst,damaged"})
  void changedFilesAreRefused(String content, String expected) throws IOException {
    Files.writeString(model.resolve("a.bin"), content);
    assertRefused(expected, () -> FolderManifest.read(model).checked(model, "a.bin"));
  }

  @Test
  void missingFilesAreRefused() throws IOException {
    Files.delete(model.resolve("a.bin"));
    assertRefused("a.bin is missing", () -> FolderManifest.read(model).checked(model, "a.bin"));
    assertRefused("is no model folder", () -> FolderManifest.read(parent.resolve("none")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|does not describe a TiM model",
        "[1]|does not describe a TiM model",
        "{'format':'tim-model','version':2}|has version 2 of the format",
        "{'format':'tim-model','version':1}|is damaged",
        "{'format':'tim-model','version':1,'network':{},'files':{'a':{'bytes':1}}}|is damaged",
        "{'format':'tim-model','version':1,'network':{},'files':{},'more':1}|is damaged",
        "{'format':|is damaged",
        "{} {}|is damaged",
      })
  void damagedOrForeignManifestsAreRefused(String json, String expected) throws IOException {
    Files.writeString(model.resolve("config.json"), json.replace('\'', '"'));
    assertRefused(expected, () -> FolderManifest.read(model));
  }

  /** Every byte is covered: a flip is refused or, within the configuration, gives another one. */
  @Test
  void aFlippedBitAnywhereIsNoticed() throws IOException {
    for (Path file : List.of(model.resolve("config.json"), model.resolve("a.bin"))) {
      byte[] sound = Files.readAllBytes(file);
      for (int i = 0; i < sound.length; i++) {
        byte[] damaged = sound.clone();
        damaged[i] ^= 1;
        Files.write(file, damaged);
        assertFalse(readsAsWritten(), file + " byte " + i);
      }
      Files.write(file, sound);
      assertTrue(readsAsWritten());
    }
  }

  private boolean readsAsWritten() {
    try {
      FolderManifest manifest = FolderManifest.read(model);
      manifest.checked(model, "a.bin");
      return manifest.network().equals(CONFIG);
    } catch (ModelFolderException e) {
      return false;
    }
  }

  private void write(String content) {
    FolderFiles.write(model, CONFIG, Map.of("a.bin", path -> put(path, content)));
  }

  private static void put(Path path, String content) throws IOException {
    DurableFile.write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String expected, Executable action) {
    String message = assertThrows(ModelFolderException.class, action).getMessage();
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
