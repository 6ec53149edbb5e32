package org.tim4j.layers.runtime;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.tim4j.layers.backend.FusedSupport;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.kernel.thread.Parallelism;

/**
 * The threads that this process computes with: those of the fused kernels, of BLAS and of ND4J's
 * own operations (OpenMP). All three belong to the process, so all its networks share them.
 */
public final class ProcessThreads {
  private ProcessThreads() {}

  /**
   * Sets the number of threads. Call it before the first network is made: the threads of the fused
   * kernels are made once. Without it they are as many as the system property {@value
   * Parallelism#THREADS_PROPERTY} says, or as there are processors.
   *
   * <p>Beside fused kernels ND4J's own operations are small and get one thread, for the threads of
   * OpenMP wait in busy loops and would take the processors from the kernels; where SameDiff
   * computes the networks they get all.
   *
   * @param threads at least 1
   * @param runtime what computes the networks
   * @throws InvalidInputException if there are fewer than 1, or if the fused kernels have other
   *     threads already
   */
  public static void set(int threads, TimRuntime runtime) {
    Require.atLeast("the number of threads", threads, 1);
    String property = Parallelism.THREADS_PROPERTY;
    String before = System.setProperty(property, Integer.toString(threads));
    int made = Parallelism.ofProcess().threads();
    if (made != threads) {
      System.setProperty(property, before == null ? Integer.toString(made) : before);
      throw new InvalidInputException(
          "the fused kernels of this process compute with "
              + made
              + " threads since their first use, and "
              + threads
              + " were asked for; set the number before the first network is made");
    }
    Nd4j.getBackend(); // Loads the native libraries.
    NativeOpsHolder.getInstance()
        .getDeviceNativeOps()
        .setOmpNumThreads(runtime == TimRuntime.FUSED ? 1 : threads);
    if (FusedSupport.ofProcess()) { // With another backend, OpenBLAS is not there.
      openblas_nolapack.blas_set_num_threads(threads);
    }
  }
}
