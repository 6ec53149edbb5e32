package org.tim4j.layers.backend;

/**
 * Compute capability of a GPU, NVIDIA's version of its instruction set.
 *
 * @param major such as 8 in 8.6
 * @param minor such as 6 in 8.6
 */
public record ComputeCapability(int major, int minor) {
  /**
   * Whether a GPU of this capability runs machine code that was made for another one: code runs on
   * its own major version from its own minor version on (CUDA C++ Programming Guide, section on
   * binary compatibility). Code for 8.6 runs on 8.7 and 8.9, not on 8.0 or 9.0.
   *
   * @param code what the code was made for
   */
  public boolean runsCodeFor(ComputeCapability code) {
    return major == code.major && minor >= code.minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
