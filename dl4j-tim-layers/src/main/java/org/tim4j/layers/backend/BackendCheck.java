package org.tim4j.layers.backend;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says before ND4J starts why it could not: its own word for every failure is "Please ensure that
 * you have an nd4j backend on your classpath".
 */
public final class BackendCheck {
  private static final Logger LOG = LoggerFactory.getLogger(BackendCheck.class);

  /**
   * The oldest machine code of each major version in nd4j-cuda-11.6 1.0.0-M2.1. It holds no PTX, so
   * that a driver cannot translate it for another major version.
   */
  private static final List<ComputeCapability> CODE =
      List.of(
          new ComputeCapability(3, 7),
          new ComputeCapability(5, 0),
          new ComputeCapability(6, 0),
          new ComputeCapability(7, 0),
          new ComputeCapability(8, 0));

  private static final String CPU = "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class";
  private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String CUDA_BINARIES = "org/nd4j/linalg/jcublas/bindings/";

  private BackendCheck() {}

  /**
   * What is on the class path.
   *
   * @param cpu ND4J's backend for processors
   * @param cuda its backend for NVIDIA's GPUs
   * @param cudaBinaries the native library of the latter for this operating system
   */
  record Present(boolean cpu, boolean cuda, boolean cudaBinaries) {}

  /**
   * Checks that ND4J can start. Call it before anything touches ND4J; it costs nothing where the
   * CUDA backend is not on the class path.
   *
   * @throws BackendException if there is no backend, or only the CUDA backend and it cannot run
   */
  public static void requireUsable() {
    Present present = new Present(has(CPU), has(CUDA), hasCudaBinaries());
    Optional<String> problem =
        problem(
            present,
            () -> new NvidiaSmi("nvidia-smi", System.getenv("CUDA_VISIBLE_DEVICES")).ask());
    if (problem.isPresent() && !present.cpu()) {
      throw new BackendException(problem.get());
    }
    problem.ifPresent(text -> LOG.warn("{}; computing on the CPU instead", text));
  }

  /** Returns why ND4J cannot start, or cannot start on the GPU. */
  static Optional<String> problem(Present present, Supplier<Gpus> machine) {
    if (!present.cuda()) {
      return present.cpu()
          ? Optional.empty()
          : Optional.of(
              "there is no ND4J backend on the class path; add org.tim4j:tim4j-native or"
                  + " org.nd4j:nd4j-native-platform:1.0.0-M2.1 (for NVIDIA's GPUs"
                  + " org.nd4j:nd4j-cuda-11.6-platform:1.0.0-M2.1)");
    }
    if (!present.cudaBinaries()) {
      return cannotRun(
          "its native library for " + Loader.getPlatform() + " is not on the class path",
          "add org.nd4j:nd4j-cuda-11.6:1.0.0-M2.1 with the classifier "
              + Loader.getPlatform()
              + " (or "
              + Loader.getPlatform()
              + "-cudnn)");
    }
    Gpus gpus = machine.get();
    if (gpus instanceof Gpus.NoDriver none) {
      return cannotRun(
          "there is no NVIDIA driver on this machine (" + none.reason() + ")",
          "install the driver, or use a build without -Pcuda, which computes on the CPU");
    }
    return ofGpus(((Gpus.Found) gpus).gpus());
  }

  private static Optional<String> ofGpus(List<Gpus.Gpu> gpus) {
    if (gpus.isEmpty()) {
      return cannotRun(
          "there is an NVIDIA driver, but no GPU that it may use",
          "look at CUDA_VISIBLE_DEVICES, or use a build without -Pcuda, which computes on the CPU");
    }
    for (Gpus.Gpu gpu : gpus) {
      ComputeCapability capability = gpu.capability();
      if (capability != null && CODE.stream().noneMatch(capability::runsCodeFor)) {
        return cannotRun(
            "the GPU "
                + gpu.name()
                + " has compute capability "
                + capability
                + ", and nd4j-cuda-11.6 holds code for "
                + CODE.stream().map(BackendCheck::andNewerMinors).collect(Collectors.joining(", "))
                + " only; code for one major version does not run on another",
            gpus.size() == 1
                ? "use a build without -Pcuda, which computes on the CPU"
                : "name other GPUs in CUDA_VISIBLE_DEVICES, or use a build without -Pcuda");
      }
    }
    return Optional.empty();
  }

  private static String andNewerMinors(ComputeCapability code) {
    return code.minor() == 0 ? code.major() + ".x" : code.toString();
  }

  private static Optional<String> cannotRun(String because, String advice) {
    return Optional.of("the CUDA backend cannot run: " + because + "; " + advice);
  }

  private static boolean has(String resource) {
    return BackendCheck.class.getClassLoader().getResource(resource) != null;
  }

  private static boolean hasCudaBinaries() {
    String platform = Loader.getPlatform();
    String library = platform.startsWith("windows") ? "jnind4jcuda.dll" : "libjnind4jcuda.so";
    return has(CUDA_BINARIES + platform + "/" + library)
        || has(CUDA_BINARIES + platform + "-cudnn/" + library);
  }
}
