package org.tim4j.layers.kernel.loops;

import static org.tim4j.layers.kernel.loops.Vectors.BYTES;
import static org.tim4j.layers.kernel.loops.Vectors.LENGTH;
import static org.tim4j.layers.kernel.loops.Vectors.ORDER;
import static org.tim4j.layers.kernel.loops.Vectors.SPECIES;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.tim4j.layers.kernel.memory.Rows;

/** Loops of the stream for rows that are a whole number of vectors; others take portable ones. */
final class VectorStreamLoops implements StreamLoops {
  private final StreamLoops odd = new ArrayStreamLoops();

  private static boolean whole(Rows rows) {
    return rows.width() % LENGTH == 0;
  }

  @Override
  public void modulate(Scratch scratch, Rows x, float[] shift, float[] scale, Rows h) {
    if (!whole(x)) {
      odd.modulate(scratch, x, shift, scale, h);
      return;
    }
    int mark = scratch.markRows();
    float[] lanes = scratch.row(LENGTH);
    ByteBuffer in = x.memory().bytes();
    ByteBuffer out = h.memory().bytes();
    int n = x.width();
    int last = x.count() - 1;
    float mean = mean(in, x.byteAt(0), lanes, n);
    for (int i = 0; i <= last; i++) {
      int from = x.byteAt(i);
      float norm = norm(in, from, mean, lanes, n);
      int next = x.byteAt(Math.min(i + 1, last));
      modulate(in, from, mean, norm, shift, scale, out, h.byteAt(i), next, lanes, n);
      mean = sum(lanes) / n;
    }
    scratch.releaseRows(mark);
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

  private static float mean(ByteBuffer in, int from, float[] lanes, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int end = from + n * Float.BYTES;
    for (int b = from; b < end; b += BYTES) {
      sum = sum.add(FloatVector.fromByteBuffer(SPECIES, in, b, ORDER));
    }
    sum.intoArray(lanes, 0);
    return sum(lanes) / n;
  }

  /** {@code 1 / sqrt(variance + ε)}. */
  private static float norm(ByteBuffer in, int from, float mean, float[] lanes, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int end = from + n * Float.BYTES;
    for (int b = from; b < end; b += BYTES) {
      FloatVector v = FloatVector.fromByteBuffer(SPECIES, in, b, ORDER).sub(mean);
      sum = v.fma(v, sum);
    }
    sum.intoArray(lanes, 0);
    return (float) (1.0 / Math.sqrt(sum(lanes) / n + EPSILON));
  }

  /** The sum of a vector, faster by way of memory than by the API, which adds in order. */
  private static float sum(float[] lanes) {
    return VectorMath.sum(lanes, 0, LENGTH);
  }

  @Override
  public void modulateBackward(
      Scratch scratch, Rows x, Rows dh, float[] scale, float[] dShift, float[] dScale, Rows dx) {
    if (!whole(x)) {
      odd.modulateBackward(scratch, x, dh, scale, dShift, dScale, dx);
      return;
    }
    int mark = scratch.markRows();
    float[] lanes = scratch.row(LENGTH);
    ByteBuffer in = x.memory().bytes();
    ByteBuffer error = dh.memory().bytes();
    ByteBuffer sum = dx.memory().bytes();
    int n = x.width();
    for (int i = 0; i < x.count(); i++) {
      int from = x.byteAt(i);
      int at = dx.byteAt(i);
      backward(in, from, error, dh.byteAt(i), scale, dShift, dScale, sum, at, lanes, n);
    }
    scratch.releaseRows(mark);
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
    float mean = mean(in, from, lanes, n);
    float norm = norm(in, from, mean, lanes, n);
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
    float meanError = sum(lanes) / n;
    product.intoArray(lanes, 0);
    float slope = sum(lanes) / n;
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
  public void join(Scratch scratch, Rows x, Rows branch, float[] bias, float[] gate, Rows y) {
    if (!whole(x)) {
      odd.join(scratch, x, branch, bias, gate, y);
      return;
    }
    ByteBuffer stream = x.memory().bytes();
    ByteBuffer results = branch.memory().bytes();
    ByteBuffer out = y.memory().bytes();
    for (int i = 0; i < x.count(); i++) {
      int from = x.byteAt(i);
      int result = branch.byteAt(i);
      join(stream, from, results, result, bias, gate, out, y.byteAt(i), x.width());
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
      Scratch scratch,
      Rows dy,
      Rows branch,
      float[] bias,
      float[] gate,
      float[] dGate,
      float[] dBias,
      Rows dBranch) {
    if (!whole(dy)) {
      odd.joinBackward(scratch, dy, branch, bias, gate, dGate, dBias, dBranch);
      return;
    }
    ByteBuffer errors = dy.memory().bytes();
    ByteBuffer results = branch.memory().bytes();
    ByteBuffer out = dBranch.memory().bytes();
    for (int i = 0; i < dy.count(); i++) {
      joinBackward(
          errors,
          dy.byteAt(i),
          results,
          branch.byteAt(i),
          bias,
          gate,
          dGate,
          dBias,
          out,
          dBranch.byteAt(i),
          dy.width());
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
