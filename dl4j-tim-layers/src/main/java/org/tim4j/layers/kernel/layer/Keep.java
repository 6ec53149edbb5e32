package org.tim4j.layers.kernel.layer;

/** What a forward pass leaves behind for a backward pass. */
public enum Keep {
  /** Nothing: for sampling and derivatives, or where the backward makes the activations again. */
  NOTHING,
  /** The activations that the backward needs, in memory that the kernel reuses in every step. */
  ACTIVATIONS
}
