package org.tim4j.layers.kernel.gemm;

import java.util.function.IntConsumer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;

/**
 * Keeps BLAS on one thread while workers call it, because the workers are the threads.
 *
 * <p>The number of BLAS threads is a setting of the whole process, so this is the one place that
 * changes it. Several regions may be open at once; the last one to end restores the number.
 */
public final class BlasThreads {
  private static final BlasThreads PROCESS = new BlasThreads();

  private final IntConsumer setting = setting();
  private int open;
  private int before;

  private BlasThreads() {}

  /**
   * The function of OpenBLAS itself: {@code blas_set_num_threads} of JavaCPP looks up every name
   * that the function has in any BLAS at each call, for 0.2 ms, and a training step makes a
   * hundred.
   */
  private static IntConsumer setting() {
    Loader.load(org.bytedeco.openblas.presets.openblas_nolapack.class);
    Pointer function = Loader.addressof("openblas_set_num_threads");
    return function == null
        ? openblas_nolapack::blas_set_num_threads
        : new NativeSetting(function)::call;
  }

  private static final class NativeSetting extends SetNumThreads {
    NativeSetting(Pointer function) {
      put(function);
    }
  }

  /** Runs the action with single-threaded BLAS. */
  public static void single(Runnable action) {
    PROCESS.enter();
    try {
      action.run();
    } finally {
      PROCESS.leave();
    }
  }

  private synchronized void enter() {
    if (open++ == 0) {
      before = openblas_nolapack.blas_get_num_threads();
      if (before != 1) {
        setting.accept(1);
      }
    }
  }

  private synchronized void leave() {
    if (--open == 0 && before != 1) {
      setting.accept(before);
    }
  }
}
