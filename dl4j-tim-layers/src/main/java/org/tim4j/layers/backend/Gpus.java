package org.tim4j.layers.backend;

import java.util.List;

/** What a machine says of its GPUs. */
public sealed interface Gpus {
  /**
   * There is no driver to ask.
   *
   * @param reason what was tried and what came of it
   */
  record NoDriver(String reason) implements Gpus {}

  /**
   * The driver answered.
   *
   * @param gpus the GPUs; none if the list is empty
   */
  record Found(List<Gpu> gpus) implements Gpus {
    public Found {
      gpus = List.copyOf(gpus);
    }
  }

  /**
   * A GPU.
   *
   * @param name as the driver calls it
   * @param capability its compute capability, or null if the driver does not tell
   */
  record Gpu(String name, ComputeCapability capability) {}
}
