package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.cli.image.PngFile;

/** Names in any script, in the POSIX locale of a container, through the launcher. */
@EnabledOnOs(OS.LINUX)
class ScriptsTest {
  private static final Path LAUNCHER = Path.of("src/main/launcher/tim");

  @TempDir Path folder;

  /** Has the launcher start a program that notes its arguments, and returns them. */
  private List<String> started(String... args) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java = bin.resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho \"LC_ALL=$LC_ALL\"\nfor word in \"$@\"; do echo \"$word\"; done\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(
        folder.resolve("jdk/release"),
        "JAVA_VERSION=\"17.0.9\"\nMODULES=\"java.base jdk.incubator.vector\"\n");
    List<String> command = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("JAVA_OPTS");
    posix(builder.environment());
    Process process = builder.start();
    List<String> words = process.inputReader().lines().toList();
    assertEquals(0, process.waitFor());
    return words;
  }

  @Test
  void helpIsNotPrecededByAWarningAboutModules() throws Exception {
    assertTrue(started("train", "--data", "digits").contains("jdk.incubator.vector"));
    assertTrue(started("--verbose", "bench").contains("jdk.incubator.vector"));
    assertFalse(started("train", "--help").contains("jdk.incubator.vector"));
    assertFalse(started("sample", "--model", "train").contains("jdk.incubator.vector"));
    assertFalse(started("--version").contains("jdk.incubator.vector"));
  }

  private static void posix(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    environment.put("LC_ALL", "C");
  }

  private void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(
        new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "png", Files.newOutputStream(file));
  }

  /** Runs a command in the locale that the launcher gives it, with the class path of the tests. */
  private void tim(String... args) throws Exception {
    String locale = started("sample").get(0);
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tim.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    posix(builder.environment());
    builder.environment().put("LC_ALL", locale.substring("LC_ALL=".length()));
    Process process = builder.redirectOutput(folder.resolve("told").toFile()).start();
    assertEquals(0, process.waitFor(), () -> told());
  }

  private String told() {
    try {
      return Files.readString(folder.resolve("told"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void classesAndFilesHaveNamesInAnyScript() throws Exception {
    // Or this process itself could not make the files.
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")));
    Path data = folder.resolve("данные");
    for (int i = 0; i < 10; i++) {
      write(data.resolve("круг/" + i + ".png"));
      write(data.resolve("正方形/ب" + i + ".png"));
    }
    Path model = folder.resolve("modèle");
    tim(
        "train",
        "--data",
        "folder:" + data,
        "--out",
        model.toString(),
        "--steps",
        "1",
        "--set",
        "hidden=16",
        "--set",
        "depth=1",
        "--set",
        "heads=1",
        "--set",
        "batchSize=2",
        "--nfe",
        "1",
        "--samples-per-class",
        "5");
    Path samples = folder.resolve("образцы.png");
    tim(
        "sample",
        "--model",
        model.toString(),
        "--nfe",
        "1",
        "--classes",
        "正方形,круг",
        "--out",
        samples.toString());
    Map<String, String> texts = PngFile.texts(samples);
    assertEquals("1,0", texts.get("tim.classes"));
    assertEquals("folder:" + data, texts.get("tim.data"));
  }
}
