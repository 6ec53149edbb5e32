package org.tim4j.layers.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
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

  private static ComputeCapability capability(int major, int minor) {
    return new ComputeCapability(major, minor);
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

  /** The platform's binaries hold code for 3.7 to 8.6. */
  @Test
  void onlyGpusThatThereIsCodeForAreAccepted() {
    for (ComputeCapability each : List.of(capability(3, 7), capability(7, 5), capability(8, 6))) {
      assertEquals(Optional.empty(), BackendCheck.problem(CUDA, () -> gpus(each)));
    }
    assertEquals(
        Optional.empty(), BackendCheck.problem(CUDA, () -> gpus((ComputeCapability) null)));
    assertContains(problem(CUDA, gpus(capability(8, 9))), "capability 8.9", "3.7 to 8.6");
    assertContains(problem(CUDA, gpus(capability(9, 0))), "GPU Card", "capability 9.0");
    assertContains(problem(CUDA, gpus(capability(3, 5))), "capability 3.5");
    assertContains(
        problem(CUDA, gpus(capability(8, 0), capability(10, 0))),
        "capability 10.0",
        "CUDA_VISIBLE_DEVICES");
  }
}
