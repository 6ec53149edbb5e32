package org.tim4j.layers.kernel;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Keeps BLAS on one thread while workers call it, because the workers are the threads.
 *
 * <p>The number of BLAS threads is a setting of the whole process, so this is the one place that
 * changes it. Several regions may be open at once; the last one to end restores the number.
 */
final class BlasThreads {
  private static final BlasThreads PROCESS = new BlasThreads();

  private int open;
  private int before;

  private BlasThreads() {}

  /** Runs the action with single-threaded BLAS. */
  static void single(Runnable action) {
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
        openblas_nolapack.blas_set_num_threads(1);
      }
    }
  }

  private synchronized void leave() {
    if (--open == 0 && before != 1) {
      openblas_nolapack.blas_set_num_threads(before);
    }
  }
}
