package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in a process whose Java finds no fonts, as in a slim container. */
class NoFontsTest {
  private static final String[] TINY = {
    "--set", "hidden=16", "--set", "depth=1", "--set", "heads=1", "--set", "batchSize=8"
  };

  @TempDir Path folder;

  /** Trains, samples, evaluates and sweeps into the folder given. */
  public static final class Commands {
    private Commands() {}

    public static void main(String[] args) {
      String out = args[0];
      run(
          TINY,
          "train",
          "--data",
          "digits",
          "--out",
          out + "/run",
          "--steps",
          "2",
          "--nfe",
          "1",
          "--samples-per-class",
          "2");
      run(new String[0], "sample", "--model", out + "/run", "--nfe", "1", "--out", out + "/s.png");
      run(
          new String[0],
          "evaluate",
          "--model",
          out + "/run",
          "--nfe",
          "1",
          "--samples-per-class",
          "2",
          "--plot",
          out + "/nfe.png",
          "--json",
          out + "/figures.json");
      run(
          TINY,
          "sweep",
          "--data",
          "digits",
          "--out",
          out + "/sweep",
          "--candidates",
          "2",
          "--steps",
          "2",
          "--repeats",
          "0");
    }

    private static void run(String[] more, String... args) {
      String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
      System.arraycopy(more, 0, all, args.length, more.length);
      Run run = Run.tim(all);
      System.err.println(args[0] + " ended with " + run.code() + ": " + run.err());
    }
  }

  /** A class of Java's own that throws what a Java without fontconfig throws. */
  private Path javaWithoutFonts() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source/sun/font"));
    Path file = source.resolve("FontManagerFactory.java");
    Files.writeString(
        file,
        "package sun.font; public final class FontManagerFactory {"
            + " public static FontManager getInstance() {"
            + " throw new RuntimeException(\"Fontconfig head is null\"); } }");
    Path patch = folder.resolve("patch");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--patch-module",
                "java.desktop=" + folder.resolve("source"),
                "-d",
                patch.toString(),
                file.toString());
    assertEquals(0, code);
    return patch;
  }

  @Test
  void figuresAndModelAreThereWithoutPlots() throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--patch-module",
                "java.desktop=" + javaWithoutFonts(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Commands.class.getName(),
                out.toString())
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
    String told = Files.readString(err);
    for (String command : List.of("train", "sample", "evaluate", "sweep")) {
      assertTrue(told.contains(command + " ended with 0: "), told);
    }
    assertEquals(
        4, told.split("no fonts \\(java.lang.RuntimeException: Fontconfig head").length - 1);
    for (String file :
        List.of(
            "run/model.tim",
            "run/metrics.json",
            "run/grid.png",
            "s.png",
            "figures.json",
            "sweep/results.csv",
            "sweep/best.json")) {
      assertTrue(Files.exists(out.resolve(file)), file);
    }
    for (String file : List.of("run/loss.png", "run/nfe.png", "nfe.png", "sweep/time.png")) {
      assertFalse(Files.exists(out.resolve(file)), file);
    }
  }
}
