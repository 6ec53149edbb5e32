package org.tim4j.layers.kernel.loops;

import static org.tim4j.layers.kernel.loops.Vectors.BYTES;
import static org.tim4j.layers.kernel.loops.Vectors.LENGTH;
import static org.tim4j.layers.kernel.loops.Vectors.ORDER;
import static org.tim4j.layers.kernel.loops.Vectors.SPECIES;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.tim4j.layers.kernel.memory.Matrix;

/** Loops of the stream for rows that are a whole number of vectors; others take portable ones. */
final class VectorStreamLoops implements StreamLoops {
  private final StreamLoops odd = new ArrayStreamLoops();

  private static boolean whole(Matrix rows) {
    return rows.columns() % LENGTH == 0;
  }

  @Override
  public void modulate(Scratch scratch, Matrix x, float[] shift, float[] scale, Matrix h) {
    if (!whole(x)) {
      odd.modulate(scratch, x, shift, scale, h);
      return;
    }
    try (Scratch.Scope scope = scratch.open()) {
      float[] lanes = scope.row(LENGTH);
      ByteBuffer in = x.memory().bytes();
      ByteBuffer out = h.memory().bytes();
      int n = x.columns();
      int last = x.rows() - 1;
      float mean = VectorRowNorm.mean(in, x.byteAt(0, 0), lanes, n);
      for (int i = 0; i <= last; i++) {
        int from = x.byteAt(i, 0);
        float norm = VectorRowNorm.norm(in, from, mean, lanes, n);
        int next = x.byteAt(Math.min(i + 1, last), 0);
        modulate(in, from, mean, norm, shift, scale, out, h.byteAt(i, 0), next, lanes, n);
        mean = VectorRowNorm.sum(lanes) / n;
      }
    }
  }

  /**
   * Writes a row and leaves in {@code lanes} what the next one adds up to: it is read from memory
   * while there is something else to do.
   */
  private static void modulate(
      ByteBuffer in,
      int from,
      float mean,
      float norm,
      float[] shift,
      float[] scale,
      ByteBuffer out,
      int at,
      int next,
      float[] lanes,
      int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      sum = sum.add(FloatVector.fromByteBuffer(SPECIES, in, next + b, ORDER));
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, from + b, ORDER).sub(mean).mul(norm);
      FloatVector factor = FloatVector.fromArray(SPECIES, scale, j).add(1f);
      v.fma(factor, FloatVector.fromArray(SPECIES, shift, j)).intoByteBuffer(out, at + b, ORDER);
    }
    sum.intoArray(lanes, 0);
  }

  @Override
  public void modulateBackward(
      Scratch scratch,
      Matrix x,
      Matrix dh,
      float[] scale,
      float[] dShift,
      float[] dScale,
      Matrix dx) {
    if (!whole(x)) {
      odd.modulateBackward(scratch, x, dh, scale, dShift, dScale, dx);
      return;
    }
    try (Scratch.Scope scope = scratch.open()) {
      float[] lanes = scope.row(LENGTH);
      ByteBuffer in = x.memory().bytes();
      ByteBuffer error = dh.memory().bytes();
      ByteBuffer sum = dx.memory().bytes();
      int n = x.columns();
      for (int i = 0; i < x.rows(); i++) {
        int from = x.byteAt(i, 0);
        int at = dx.byteAt(i, 0);
        backward(in, from, error, dh.byteAt(i, 0), scale, dShift, dScale, sum, at, lanes, n);
      }
    }
  }

  private static void backward(
      ByteBuffer in,
      int from,
      ByteBuffer errors,
      int error,
      float[] scale,
      float[] dShift,
      float[] dScale,
      ByteBuffer sums,
      int at,
      float[] lanes,
      int n) {
    float mean = VectorRowNorm.mean(in, from, lanes, n);
    float norm = VectorRowNorm.norm(in, from, mean, lanes, n);
    FloatVector total = FloatVector.zero(SPECIES);
    FloatVector product = FloatVector.zero(SPECIES);
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, from + b, ORDER).sub(mean).mul(norm);
      FloatVector e = FloatVector.fromByteBuffer(SPECIES, errors, error + b, ORDER);
      e.add(FloatVector.fromArray(SPECIES, dShift, j)).intoArray(dShift, j);
      e.fma(v, FloatVector.fromArray(SPECIES, dScale, j)).intoArray(dScale, j);
      e = e.mul(FloatVector.fromArray(SPECIES, scale, j).add(1f));
      total = total.add(e);
      product = e.fma(v, product);
    }
    total.intoArray(lanes, 0);
    float meanError = VectorRowNorm.sum(lanes) / n;
    product.intoArray(lanes, 0);
    float slope = VectorRowNorm.sum(lanes) / n;
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, from + b, ORDER).sub(mean).mul(norm);
      FloatVector e = FloatVector.fromByteBuffer(SPECIES, errors, error + b, ORDER);
      e = e.mul(FloatVector.fromArray(SPECIES, scale, j).add(1f));
      FloatVector d = e.sub(meanError).sub(v.mul(slope)).mul(norm);
      d.add(FloatVector.fromByteBuffer(SPECIES, sums, at + b, ORDER))
          .intoByteBuffer(sums, at + b, ORDER);
    }
  }

  @Override
  public void join(Scratch scratch, Matrix x, Matrix branch, Gate gate, Matrix y) {
    if (!whole(x)) {
      odd.join(scratch, x, branch, gate, y);
      return;
    }
    ByteBuffer stream = x.memory().bytes();
    ByteBuffer results = branch.memory().bytes();
    ByteBuffer out = y.memory().bytes();
    for (int i = 0; i < x.rows(); i++) {
      int from = x.byteAt(i, 0);
      int result = branch.byteAt(i, 0);
      join(
          stream,
          from,
          results,
          result,
          gate.bias(),
          gate.gate(),
          out,
          y.byteAt(i, 0),
          x.columns());
    }
  }

  private static void join(
      ByteBuffer stream,
      int from,
      ByteBuffer results,
      int result,
      float[] bias,
      float[] gate,
      ByteBuffer out,
      int at,
      int n) {
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector x = FloatVector.fromByteBuffer(SPECIES, stream, from + b, ORDER);
      FloatVector r = FloatVector.fromByteBuffer(SPECIES, results, result + b, ORDER);
      r = r.add(FloatVector.fromArray(SPECIES, bias, j));
      r.fma(FloatVector.fromArray(SPECIES, gate, j), x).intoByteBuffer(out, at + b, ORDER);
    }
  }

  @Override
  public void joinBackward(
      Scratch scratch, Matrix dy, Matrix branch, Gate gate, Gate errors, Matrix dBranch) {
    if (!whole(dy)) {
      odd.joinBackward(scratch, dy, branch, gate, errors, dBranch);
      return;
    }
    ByteBuffer in = dy.memory().bytes();
    ByteBuffer results = branch.memory().bytes();
    ByteBuffer out = dBranch.memory().bytes();
    for (int i = 0; i < dy.rows(); i++) {
      joinBackward(
          in,
          dy.byteAt(i, 0),
          results,
          branch.byteAt(i, 0),
          gate.bias(),
          gate.gate(),
          errors.gate(),
          errors.bias(),
          out,
          dBranch.byteAt(i, 0),
          dy.columns());
    }
  }

  private static void joinBackward(
      ByteBuffer errors,
      int error,
      ByteBuffer results,
      int result,
      float[] bias,
      float[] gate,
      float[] dGate,
      float[] dBias,
      ByteBuffer out,
      int at,
      int n) {
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector e = FloatVector.fromByteBuffer(SPECIES, errors, error + b, ORDER);
      FloatVector r = FloatVector.fromByteBuffer(SPECIES, results, result + b, ORDER);
      r = r.add(FloatVector.fromArray(SPECIES, bias, j));
      e.fma(r, FloatVector.fromArray(SPECIES, dGate, j)).intoArray(dGate, j);
      FloatVector d = e.mul(FloatVector.fromArray(SPECIES, gate, j));
      d.add(FloatVector.fromArray(SPECIES, dBias, j)).intoArray(dBias, j);
      d.intoByteBuffer(out, at + b, ORDER);
    }
  }
}
