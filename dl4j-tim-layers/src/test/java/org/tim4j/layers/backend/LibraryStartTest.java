package org.tim4j.layers.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.Condition;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;

/** A user's program in a process of its own whose class path has no backend. */
class LibraryStartTest {
  /** What a user writes first. */
  static final class Program {
    public static void main(String[] args) {
      TimNetworkConfig config =
          TimNetworkConfig.builder()
              .channels(1)
              .patch(2)
              .hidden(16)
              .depth(1)
              .heads(2)
              .condition(new Condition.None())
              .build();
      try {
        TimNetwork.create(config, 1);
      } catch (BackendException e) {
        System.out.print(e.getMessage());
      }
    }
  }

  @Test
  void aMissingBackendIsSaidInWordsAndNotByAFailedInitializer()
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("nd4j-native-1"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classPath,
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertTrue(output.startsWith("there is no ND4J backend on the class path"), output);
    assertTrue(output.contains("org.tim4j:tim4j-native"), output);
  }
}
