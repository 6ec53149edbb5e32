package org.tim4j.layers.kernel.loops;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this processor, and functions of them. */
final class Vectors {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LENGTH = SPECIES.length();
  static final int BYTES = LENGTH * Float.BYTES;
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Vectors() {}

  /** The same function as {@link Exponential#exp}, bit for bit. */
  static FloatVector exp(FloatVector x) {
    FloatVector round = FloatVector.broadcast(SPECIES, Exponential.ROUND);
    FloatVector shifted = x.fma(FloatVector.broadcast(SPECIES, Exponential.LOG2_E), round);
    FloatVector k = shifted.sub(round);
    FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -Exponential.LN2_HIGH), x);
    r = k.fma(FloatVector.broadcast(SPECIES, -Exponential.LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(SPECIES, Exponential.C7);
    p = p.fma(r, FloatVector.broadcast(SPECIES, Exponential.C6));
    p = p.fma(r, FloatVector.broadcast(SPECIES, Exponential.C5));
    p = p.fma(r, FloatVector.broadcast(SPECIES, Exponential.C4));
    p = p.fma(r, FloatVector.broadcast(SPECIES, Exponential.C3));
    p = p.fma(r, FloatVector.broadcast(SPECIES, Exponential.C2));
    IntVector exponent =
        shifted
            .reinterpretAsInts()
            .sub(Exponential.ROUND_BITS - Exponential.EXPONENT_BIAS)
            .max(0)
            .min(Exponential.INFINITE_EXPONENT)
            .lanewise(VectorOperators.LSHL, Exponential.FRACTION_BITS);
    return p.mul(r).fma(r, r).add(1f).mul(exponent.reinterpretAsFloats());
  }
}
