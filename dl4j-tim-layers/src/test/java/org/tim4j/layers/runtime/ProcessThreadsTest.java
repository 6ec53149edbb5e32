package org.tim4j.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.kernel.thread.Parallelism;

class ProcessThreadsTest {
  private static int openMp() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  @Test
  void oneCallSetsAllThreadsOrSaysWhyItCannot() {
    Nd4j.getBackend(); // Loads the native libraries.
    int made = Parallelism.ofProcess().threads();
    int blas = openblas_nolapack.blas_get_num_threads();
    String before = System.getProperty(Parallelism.THREADS_PROPERTY);
    int operations = openMp();
    try {
      ProcessThreads.set(made, TimRuntime.SAMEDIFF);
      assertEquals(made, openMp());
      assertEquals(made, openblas_nolapack.blas_get_num_threads());
      ProcessThreads.set(made, TimRuntime.FUSED);
      assertEquals(1, openMp());
      assertEquals(made, openblas_nolapack.blas_get_num_threads());
      String message =
          assertThrows(
                  InvalidInputException.class, () -> ProcessThreads.set(made + 1, TimRuntime.FUSED))
              .getMessage();
      assertTrue(message.contains("set the number before the first network"), message);
      assertThrows(InvalidInputException.class, () -> ProcessThreads.set(0, TimRuntime.FUSED));
    } finally {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(operations);
      openblas_nolapack.blas_set_num_threads(blas);
      if (before == null) {
        System.clearProperty(Parallelism.THREADS_PROPERTY);
      } else {
        System.setProperty(Parallelism.THREADS_PROPERTY, before);
      }
    }
  }
}
