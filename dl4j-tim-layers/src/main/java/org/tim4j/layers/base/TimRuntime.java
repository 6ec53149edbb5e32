package org.tim4j.layers.base;

/** What computes a vertex: chosen once in a configuration, never changed behind the user's back. */
public enum TimRuntime {
  /** Hand-written kernels on the CPU, float32 only. */
  FUSED,
  /** The SameDiff definition itself: any floating-point type, any ND4J backend. */
  SAMEDIFF
}
