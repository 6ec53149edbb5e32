package org.tim4j.layers.kernel.gemm;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The matrix product of oneDNN, if its library is there: on 64-bit x86 processors. It copies less
 * than OpenBLAS before it multiplies and, on all but the smallest matrices, takes less time.
 */
public final class OneDnn {
  /** Name of the system property that keeps products with OpenBLAS when it is {@code false}. */
  public static final String PROPERTY = "org.tim4j.onednn";

  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

  /** Multiplications up to which OpenBLAS, which takes such operands where they lie, is faster. */
  private static final long SMALL = 100_000;

  private static final boolean PRESENT = load();

  private OneDnn() {}

  private static boolean load() {
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      return false;
    }
    try {
      Nd4j.getBackend(); // Its libraries first: they bring the OpenMP that both use.
      Loader.load(dnnl.class);
      return true;
    } catch (LinkageError e) { // Also where there are no binaries for this processor.
      LOG.info("Products are OpenBLAS's alone: oneDNN cannot be loaded ({}).", e.getMessage());
      return false;
    }
  }

  /** Whether products may be given to it. */
  public static boolean present() {
    return PRESENT;
  }

  /** Whether it is there and takes less time than OpenBLAS. */
  public static boolean suits(int rows, int columns, int inner) {
    return PRESENT && (long) rows * columns * inner > SMALL;
  }

  /**
   * Runs the action with products on this thread alone: oneDNN would divide each among the threads
   * that OpenMP gives to the caller, a number that every thread has for itself.
   */
  public static void single(Runnable action) {
    if (!PRESENT) {
      action.run();
      return;
    }
    NativeOps openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = openMp.ompGetMaxThreads();
    openMp.setOmpNumThreads(1);
    try {
      action.run();
    } finally {
      openMp.setOmpNumThreads(before);
    }
  }
}
