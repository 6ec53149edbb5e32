package org.tim4j.layers.backend;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fused kernels read arrays where the CPU has them, so they need ND4J's backend for the CPU. */
public final class FusedSupport {
  private static final Logger LOG = LoggerFactory.getLogger(FusedSupport.class);

  private FusedSupport() {}

  /** Whether fused kernels can run in this process; the log says so once if they cannot. */
  public static boolean ofProcess() {
    return OfProcess.SUPPORTED;
  }

  static boolean on(ExecutionerType executioner) {
    return executioner == ExecutionerType.NATIVE_CPU;
  }

  private static final class OfProcess {
    private static final boolean SUPPORTED = on(Nd4j.getExecutioner().type());

    static {
      if (!SUPPORTED) {
        LOG.warn(
            "ND4J computes on {}: networks that ask for TimRuntime.FUSED run on SameDiff instead,"
                + " because fused kernels are for the CPU alone",
            Nd4j.getExecutioner().type());
      }
    }
  }
}
