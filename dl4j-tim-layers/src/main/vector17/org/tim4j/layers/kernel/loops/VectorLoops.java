package org.tim4j.layers.kernel.loops;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import org.tim4j.layers.kernel.memory.Padding;

/** Makes the loops on the Vector API; fails to link where its module is missing or has changed. */
final class VectorLoops implements Supplier<Loops> {
  VectorLoops() {
    // Java 19 took this method away: without it there is no way to off-heap memory.
    FloatVector.fromByteBuffer(
        Vectors.SPECIES, ByteBuffer.allocate(Vectors.BYTES), 0, Vectors.ORDER);
    if (Padding.LANES % Vectors.LENGTH != 0) {
      throw new IllegalStateException("vectors of " + Vectors.LENGTH + " floats");
    }
  }

  @Override
  public Loops get() {
    return new Loops(
        new VectorGatedUnitLoops(),
        new VectorStreamLoops(),
        new VectorHeadLoops(),
        new VectorSoftmaxLoops());
  }
}
