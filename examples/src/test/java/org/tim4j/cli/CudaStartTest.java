package org.tim4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code tim} in a process of its own whose class path is that of a build with {@code -Pcuda}. */
@EnabledOnOs(OS.LINUX)
class CudaStartTest {
  private static final Path BACKEND =
      Path.of("target", "cuda-backend", "nd4j-cuda-11.6-1.0.0-M2.1.jar");
  private static final String LIBRARY = "org/nd4j/linalg/jcublas/bindings/linux-x86_64";

  @TempDir Path folder;
  private Path tools;

  @BeforeEach
  void makeToolFolder() throws IOException {
    tools = Files.createDirectories(folder.resolve("bin"));
  }

  /** Runs {@code tim train} and returns its exit code and what it wrote to the error stream. */
  private Run train(Path... more) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry -> !entry.contains("nd4j-native-1") && !entry.contains("nd4j-native-preset"))
            .collect(Collectors.joining(File.pathSeparator));
    for (Path entry : more) {
      classPath += File.pathSeparator + entry.toAbsolutePath();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            Tim.class.getName(),
            "train",
            "--data",
            "digits",
            "--out",
            folder.resolve("out").toString());
    builder.environment().put("PATH", tools.toString());
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    assertFalse(Files.exists(folder.resolve("out")));
    return new Run(code, Files.readString(out), Files.readString(err));
  }

  /** Stands for the jar with the binaries, which is 600 MB large. */
  private Path library() throws IOException {
    Path root = folder.resolve("binaries");
    Files.createDirectories(root.resolve(LIBRARY));
    Files.createFile(root.resolve(LIBRARY).resolve("libjnind4jcuda.so"));
    return root;
  }

  private void nvidiaSmi(String script) throws IOException {
    Path program = tools.resolve("nvidia-smi");
    Files.write(program, List.of("#!/bin/sh", script), StandardCharsets.UTF_8);
    assertTrue(program.toFile().setExecutable(true));
  }

  @Test
  void whatKeepsTheGpuFromComputingIsSaidInOneLine() throws Exception {
    assertTrue(train().refusal().contains("there is no ND4J backend on the class path"));
    assertTrue(train(BACKEND).refusal().contains("its native library for linux-x86_64"));
    Path library = library();
    String noDriver = train(BACKEND, library).refusal();
    assertTrue(noDriver.contains("there is no NVIDIA driver on this machine"), noDriver);
    nvidiaSmi("echo 'No devices were found'; exit 6");
    String noGpu = train(BACKEND, library).refusal();
    assertTrue(noGpu.contains("no GPU that it may use"), noGpu);
    nvidiaSmi("echo 'NVIDIA H100 80GB HBM3, 9.0'");
    String tooNew = train(BACKEND, library).refusal();
    assertTrue(tooNew.contains("NVIDIA H100 80GB HBM3 has compute capability 9.0"), tooNew);
    assertTrue(tooNew.startsWith("tim train: the CUDA backend cannot run"), tooNew);
    assertEquals(1, tooNew.lines().count());
  }
}
