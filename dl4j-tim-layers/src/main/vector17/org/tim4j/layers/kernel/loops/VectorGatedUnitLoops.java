package org.tim4j.layers.kernel.loops;

import static org.tim4j.layers.kernel.loops.Vectors.BYTES;
import static org.tim4j.layers.kernel.loops.Vectors.LENGTH;
import static org.tim4j.layers.kernel.loops.Vectors.ORDER;
import static org.tim4j.layers.kernel.loops.Vectors.SPECIES;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;

/** Loops of a gated unit that go over gate, value and activation once. */
final class VectorGatedUnitLoops implements GatedUnitLoops {
  @Override
  public void forward(Scratch scratch, Unit unit) {
    ByteBuffer in = unit.gateValue().memory().bytes();
    ByteBuffer out = unit.activation().memory().bytes();
    int n = unit.width();
    for (int i = 0; i < unit.rows(); i++) {
      int gate = unit.gateValue().byteAt(i, 0);
      int at = unit.activation().byteAt(i, 0);
      forward(in, gate, gate + n * Float.BYTES, unit.gateBias(), unit.valueBias(), out, at, n);
    }
  }

  private static void forward(
      ByteBuffer in,
      int gate,
      int value,
      float[] gateBias,
      float[] valueBias,
      ByteBuffer out,
      int at,
      int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector g = FloatVector.fromByteBuffer(SPECIES, in, gate + b, ORDER);
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, value + b, ORDER);
      g = g.add(FloatVector.fromArray(SPECIES, gateBias, j));
      v = v.add(FloatVector.fromArray(SPECIES, valueBias, j));
      FloatVector sigmoid = one.div(one.add(Vectors.exp(g.neg())));
      v.mul(g.mul(sigmoid)).intoByteBuffer(out, at + b, ORDER);
    }
  }

  @Override
  public void backward(Scratch scratch, Unit unit, float[] gateSum, float[] valueSum) {
    ByteBuffer in = unit.gateValue().memory().bytes();
    ByteBuffer out = unit.activation().memory().bytes();
    float[] gateBias = unit.gateBias();
    float[] valueBias = unit.valueBias();
    int n = unit.width();
    for (int i = 0; i < unit.rows(); i++) {
      int gate = unit.gateValue().byteAt(i, 0);
      int value = gate + n * Float.BYTES;
      int at = unit.activation().byteAt(i, 0);
      backward(in, gate, value, gateBias, valueBias, out, at, gateSum, valueSum, n);
    }
  }

  private static void backward(
      ByteBuffer in,
      int gate,
      int value,
      float[] gateBias,
      float[] valueBias,
      ByteBuffer out,
      int at,
      float[] gateSum,
      float[] valueSum,
      int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector g = FloatVector.fromByteBuffer(SPECIES, in, gate + b, ORDER);
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, value + b, ORDER);
      FloatVector e = FloatVector.fromByteBuffer(SPECIES, out, at + b, ORDER);
      g = g.add(FloatVector.fromArray(SPECIES, gateBias, j));
      v = v.add(FloatVector.fromArray(SPECIES, valueBias, j));
      FloatVector sigmoid = one.div(one.add(Vectors.exp(g.neg())));
      FloatVector silu = g.mul(sigmoid);
      v.mul(silu).intoByteBuffer(out, at + b, ORDER);
      FloatVector dg = e.mul(v).mul(sigmoid.add(silu.mul(one.sub(sigmoid))));
      FloatVector dv = e.mul(silu);
      dg.intoByteBuffer(in, gate + b, ORDER);
      dv.intoByteBuffer(in, value + b, ORDER);
      dg.add(FloatVector.fromArray(SPECIES, gateSum, j)).intoArray(gateSum, j);
      dv.add(FloatVector.fromArray(SPECIES, valueSum, j)).intoArray(valueSum, j);
    }
  }
}
