package org.tim4j.cli;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.tim4j.layers.backend.FusedSupport;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.kernel.thread.Parallelism;
import picocli.CommandLine.Option;

/** The option {@code --threads}. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; as many as there are processors by default.")
  private Integer threads;

  /**
   * Sets the threads of the fused kernels and of BLAS. Call it before the first network is made.
   *
   * <p>ND4J's own operations get one thread: beside fused kernels they are small, and the threads
   * of OpenMP, which wait in busy loops, would take the processors from the kernels.
   *
   * @throws InvalidInputException if the number is below 1
   */
  void apply() {
    if (count() < 1) {
      throw new InvalidInputException("--threads is " + threads + "; give at least 1");
    }
    System.setProperty(Parallelism.THREADS_PROPERTY, Integer.toString(count()));
    setOperationThreads(1);
    if (FusedSupport.ofProcess()) { // With another backend, OpenBLAS is not there.
      openblas_nolapack.blas_set_num_threads(count());
    }
  }

  /** Gives ND4J's own operations all threads if they compute the network. */
  void adaptTo(TimRuntime runtime) {
    if (runtime == TimRuntime.SAMEDIFF) {
      setOperationThreads(count());
    }
  }

  private static void setOperationThreads(int number) {
    Nd4j.getBackend(); // Loads the native libraries.
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(number);
  }

  /** The number that was asked for, or null. */
  Integer given() {
    return threads;
  }

  /** Number of threads in use. */
  int count() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
