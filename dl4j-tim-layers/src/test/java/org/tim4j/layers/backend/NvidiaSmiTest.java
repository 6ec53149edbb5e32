package org.tim4j.layers.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that answer as {@code nvidia-smi} does. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class NvidiaSmiTest {
  @TempDir Path folder;

  private String program(String... lines) throws IOException {
    Path file = folder.resolve("smi");
    Files.write(file, List.of("#!/bin/sh", String.join("\n", lines)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  private static Gpus.Found found(Gpus.Gpu... gpus) {
    return new Gpus.Found(List.of(gpus));
  }

  @Test
  void gpusAreRead() throws IOException {
    String program =
        program("echo 'NVIDIA H100 80GB HBM3, 9.0'", "echo 'NVIDIA GeForce RTX 3090, 8.6'");
    assertEquals(
        found(
            new Gpus.Gpu("NVIDIA H100 80GB HBM3", new ComputeCapability(9, 0)),
            new Gpus.Gpu("NVIDIA GeForce RTX 3090", new ComputeCapability(8, 6))),
        new NvidiaSmi(program, null).ask());
  }

  @Test
  void anOldDriverDoesNotTellTheCapability() throws IOException {
    String program =
        program(
            "case $1 in *compute_cap*) echo 'Field \"compute_cap\" is not a valid field'; exit 2;; esac",
            "echo 'Tesla K80, 470.82'");
    assertEquals(found(new Gpus.Gpu("Tesla K80", null)), new NvidiaSmi(program, null).ask());
  }

  @Test
  void onlyVisibleGpusAreAskedFor() throws IOException {
    String program = program("[ \"$3\" = --id=1 ] && echo 'Second, 8.0'");
    assertEquals(
        found(new Gpus.Gpu("Second", new ComputeCapability(8, 0))),
        new NvidiaSmi(program, "1").ask());
    assertEquals(found(), new NvidiaSmi(program, "").ask());
    assertEquals(found(), new NvidiaSmi(program, "-1").ask());
  }

  @Test
  void failuresAreTold() throws IOException {
    assertEquals(
        found(), new NvidiaSmi(program("echo 'No devices were found'; exit 6"), null).ask());
    String silent = program("echo 'NVIDIA-SMI has failed: no driver'; exit 9");
    Gpus.NoDriver failed = assertInstanceOf(Gpus.NoDriver.class, new NvidiaSmi(silent, null).ask());
    assertTrue(failed.reason().contains("has failed"), failed.reason());
    Gpus.NoDriver missing =
        assertInstanceOf(
            Gpus.NoDriver.class, new NvidiaSmi(folder.resolve("none").toString(), null).ask());
    assertTrue(missing.reason().contains("cannot be run"), missing.reason());
  }
}
