package org.tim4j.examples.cli;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.tim4j.layers.InvalidInputException;
import org.tim4j.layers.kernel.Parallelism;
import picocli.CommandLine.Option;

/** The option {@code --threads}. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; as many as there are processors by default.")
  private Integer threads;

  /**
   * Limits the threads of this process if the option was given.
   *
   * @throws InvalidInputException if the number is below 1
   */
  void apply() {
    if (threads == null) {
      return;
    }
    if (threads < 1) {
      throw new InvalidInputException("--threads is " + threads + "; give at least 1");
    }
    System.setProperty(Parallelism.THREADS_PROPERTY, threads.toString());
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }
}
