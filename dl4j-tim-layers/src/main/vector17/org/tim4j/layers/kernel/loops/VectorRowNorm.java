package org.tim4j.layers.kernel.loops;

import static org.tim4j.layers.kernel.loops.Vectors.BYTES;
import static org.tim4j.layers.kernel.loops.Vectors.LENGTH;
import static org.tim4j.layers.kernel.loops.Vectors.ORDER;
import static org.tim4j.layers.kernel.loops.Vectors.SPECIES;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;

/** Mean and scale of a row of whole vectors, as {@link RowNorm} has them for arrays. */
final class VectorRowNorm {
  private VectorRowNorm() {}

  /** Mean of the {@code n} numbers from byte {@code from} on; {@code lanes} is overwritten. */
  static float mean(ByteBuffer in, int from, float[] lanes, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int end = from + n * Float.BYTES;
    for (int b = from; b < end; b += BYTES) {
      sum = sum.add(FloatVector.fromByteBuffer(SPECIES, in, b, ORDER));
    }
    sum.intoArray(lanes, 0);
    return sum(lanes) / n;
  }

  /** {@code 1 / sqrt(variance + ε)}. */
  static float norm(ByteBuffer in, int from, float mean, float[] lanes, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int end = from + n * Float.BYTES;
    for (int b = from; b < end; b += BYTES) {
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, b, ORDER).sub(mean);
      sum = v.fma(v, sum);
    }
    sum.intoArray(lanes, 0);
    return (float) (1.0 / Math.sqrt(sum(lanes) / n + StreamLoops.EPSILON));
  }

  /** The sum of a vector, faster by way of memory than by the API, which adds in order. */
  static float sum(float[] lanes) {
    return VectorMath.sum(lanes, 0, LENGTH);
  }
}
