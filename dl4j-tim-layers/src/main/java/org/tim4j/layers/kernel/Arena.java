package org.tim4j.layers.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory that is taken anew in every pass and reused between passes.
 *
 * <p>The {@code k}-th region taken since {@link #release} is always served from the {@code k}-th
 * slot, so a pass that takes the same sizes in the same order as the one before allocates nothing.
 * A slot that is too small is replaced by a larger one; slots never shrink before {@link #close}.
 */
final class Arena implements AutoCloseable {
  private final List<FloatMemory> slots = new ArrayList<>();
  private int taken;

  /** Memory of at least {@code length} floats with unspecified contents. */
  FloatMemory take(long length) {
    if (taken == slots.size()) {
      slots.add(FloatMemory.allocate(length));
    } else if (slots.get(taken).length() < length) {
      slots.get(taken).close();
      slots.set(taken, FloatMemory.allocate(length));
    }
    return slots.get(taken++);
  }

  /** Like {@link #take}, with the first {@code length} floats zero. */
  FloatMemory takeZeroed(long length) {
    FloatMemory memory = take(length);
    memory.zero(0, length);
    return memory;
  }

  /** Number of regions taken so far, to be given to {@link #release} later. */
  int mark() {
    return taken;
  }

  /** Gives back every region that was taken since the mark. */
  void release(int mark) {
    taken = mark;
  }

  /** Floats held by all slots. */
  long capacity() {
    return slots.stream().mapToLong(FloatMemory::length).sum();
  }

  @Override
  public void close() {
    slots.forEach(FloatMemory::close);
    slots.clear();
    taken = 0;
  }
}
