package org.tim4j.layers.backend;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
   * What nd4j-cuda-11.6 1.0.0-M2.1 holds machine code for. It holds no PTX, so that a driver cannot
   * translate it for newer GPUs.
   */
  private static final ComputeCapability OLDEST = new ComputeCapability(3, 7);

  private static final ComputeCapability NEWEST = new ComputeCapability(8, 6);

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
              "there is no ND4J backend on the class path; add org.nd4j:nd4j-native:1.0.0-M2.1 with"
                  + " the classifier of this operating system, or build with -Pcuda for NVIDIA's GPUs");
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
      if (capability != null
          && (capability.compareTo(NEWEST) > 0 || capability.compareTo(OLDEST) < 0)) {
        return cannotRun(
            "the GPU "
                + gpu.name()
                + " has compute capability "
                + capability
                + ", and nd4j-cuda-11.6 holds code for "
                + OLDEST
                + " to "
                + NEWEST
                + " only",
            gpus.size() == 1
                ? "use a build without -Pcuda, which computes on the CPU"
                : "name other GPUs in CUDA_VISIBLE_DEVICES, or use a build without -Pcuda");
      }
    }
    return Optional.empty();
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
