package org.tim4j.layers.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks {@code nvidia-smi}, which comes with NVIDIA's driver, for the GPUs. */
final class NvidiaSmi {
  private static final int TIMEOUT_SECONDS = 20;
  private static final Pattern GPU = Pattern.compile("(.+), *(?:(\\d+)\\.(\\d+)|.*)");

  private final String program;
  private final String visible;

  /**
   * @param program name or path of the program
   * @param visible the GPUs that CUDA may use, in CUDA's own way of writing, or null for all
   */
  NvidiaSmi(String program, String visible) {
    this.program = program;
    this.visible = visible;
  }

  Gpus ask() {
    if (visible != null && (visible.isBlank() || visible.startsWith("-1"))) {
      return new Gpus.Found(List.of());
    }
    Answer answer;
    try {
      answer = run("--query-gpu=name,compute_cap", "--format=csv,noheader");
      if (answer.code() == 2) { // Drivers before 510 do not know the capability.
        answer = run("--query-gpu=name,driver_version", "--format=csv,noheader").withoutNumbers();
      }
    } catch (IOException e) {
      return new Gpus.NoDriver("'" + program + "' cannot be run");
    }
    if (answer.text().contains("No devices were found")) {
      return new Gpus.Found(List.of());
    }
    if (answer.code() != 0) {
      return new Gpus.NoDriver(
          "'" + program + "' says: " + answer.text().lines().findFirst().orElse("nothing"));
    }
    List<Gpus.Gpu> gpus = new ArrayList<>();
    for (String line : answer.text().lines().toList()) {
      Matcher gpu = GPU.matcher(line.strip());
      if (gpu.matches()) {
        gpus.add(
            new Gpus.Gpu(
                gpu.group(1),
                gpu.group(2) == null
                    ? null
                    : new ComputeCapability(
                        Integer.parseInt(gpu.group(2)), Integer.parseInt(gpu.group(3)))));
      }
    }
    return new Gpus.Found(gpus);
  }

  private record Answer(int code, String text) {
    /** Hides the driver's version, which looks like a capability. */
    Answer withoutNumbers() {
      return new Answer(code, text.replaceAll("(?m),[^,]*$", ", unknown"));
    }
  }

  private Answer run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    if (visible != null) {
      command.add("--id=" + visible);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " does not end");
      }
      // A few lines a GPU fit into the pipe, so that the program ends before anybody reads them.
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.exitValue(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroy();
    }
  }
}
