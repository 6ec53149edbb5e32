package org.tim4j.layers.backend;

/**
 * Compute capability of a GPU, NVIDIA's version of its instruction set.
 *
 * @param major such as 8 in 8.6
 * @param minor such as 6 in 8.6
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
  @Override
  public int compareTo(ComputeCapability other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
