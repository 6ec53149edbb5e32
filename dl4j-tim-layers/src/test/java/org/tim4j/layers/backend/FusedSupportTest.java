package org.tim4j.layers.backend;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;

class FusedSupportTest {
  @Test
  void fusedKernelsAreForTheCpuAlone() {
    assertTrue(FusedSupport.ofProcess());
    assertTrue(FusedSupport.on(ExecutionerType.NATIVE_CPU));
    assertFalse(FusedSupport.on(ExecutionerType.CUDA));
  }
}
