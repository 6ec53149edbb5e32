package org.tim4j.layers.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tim4j.layers.backend.BackendCheck.Present;
import org.tim4j.layers.backend.Gpus.Found;
import org.tim4j.layers.backend.Gpus.Gpu;
import org.tim4j.layers.backend.Gpus.NoDriver;

class BackendCheckTest {
  private static final Present CUDA = new Present(false, true, true);

  private static String problem(Present present, Gpus gpus) {
    return BackendCheck.problem(present, () -> gpus).orElseThrow();
  }

  private static Found gpus(ComputeCapability... capabilities) {
    return new Found(Stream.of(capabilities).map(each -> new Gpu("Card", each)).toList());
  }

  private static ComputeCapability capability(String version) {
    String[] parts = version.split("\\.");
    return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), text);
    }
  }

  @Test
  void theCpuAloneAsksNoDriver() {
    assertEquals(
        Optional.empty(),
        BackendCheck.problem(new Present(true, false, false), () -> fail("nobody must be asked")));
    BackendCheck.requireUsable();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertContains(
        problem(new Present(false, false, false), null), "no ND4J backend", "nd4j-native");
    assertContains(
        problem(new Present(false, true, false), null), "native library", "nd4j-cuda-11.6");
    assertContains(
        problem(CUDA, new NoDriver("nobody answers")), "no NVIDIA driver", "nobody answers");
    assertContains(problem(CUDA, gpus()), "no GPU");
  }

  /** Machine code runs on its major version, from its minor version on. */
  @Test
  void onlyGpusThatThereIsCodeForAreAccepted() {
    for (String each : "3.7 5.0 5.2 5.3 6.0 6.1 6.2 7.0 7.2 7.5 8.0 8.6 8.7 8.9".split(" ")) {
      assertEquals(
          Optional.empty(), BackendCheck.problem(CUDA, () -> gpus(capability(each))), each);
    }
    for (String each : "2.1 3.0 3.5 9.0 10.0 10.3 12.0".split(" ")) {
      assertContains(
          problem(CUDA, gpus(capability(each))),
          "GPU Card has compute capability " + each,
          "code for 3.7, 5.x, 6.x, 7.x, 8.x only");
    }
    assertEquals(
        Optional.empty(), BackendCheck.problem(CUDA, () -> gpus((ComputeCapability) null)));
    assertContains(
        problem(CUDA, gpus(capability("8.9"), capability("10.0"))),
        "capability 10.0",
        "CUDA_VISIBLE_DEVICES");
  }

  @Test
  void codeOfALaterMinorVersionDoesNotRun() {
    assertTrue(capability("8.9").runsCodeFor(capability("8.6")));
    assertFalse(capability("8.0").runsCodeFor(capability("8.6")));
    assertFalse(capability("9.0").runsCodeFor(capability("8.6")));
  }
}
