package org.tim4j.layers.kernel.loops;

import static org.tim4j.layers.kernel.loops.Vectors.LENGTH;
import static org.tim4j.layers.kernel.loops.Vectors.ORDER;
import static org.tim4j.layers.kernel.loops.Vectors.SPECIES;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.Padding;

/**
 * One head of as many tokens of a sample as a vector has lanes: a vector for each of its values.
 *
 * <p>The vectors are copied to arrays of their own first: the rows of a matrix of columns may lie
 * so that the first cache holds only some of them. Work is done by static methods on local
 * variables: the compiler keeps vectors in registers there, and makes objects of those that it
 * meets in fields.
 */
final class HeadBlock {
  /** Zeros and then ones: from {@code LENGTH − n} on, the first {@code n} are zero. */
  private static final float[] MASKS = new float[2 * LENGTH];

  static {
    Arrays.fill(MASKS, LENGTH, 2 * LENGTH, 1f);
  }

  private final HeadLoops.Heads heads;
  private final HeadLoops.Raw raw;
  private final float[] addition;
  private final float[] values;
  private final float[] errors;
  private final float[] scale;
  private float[][] cos;
  private float[][] sin;
  private int stripStart;

  HeadBlock(Scratch.Scope scope, HeadLoops.Heads heads, HeadLoops.Raw raw) {
    this.heads = heads;
    this.raw = raw;
    addition = scope.row(raw.values().rows());
    values = scope.row(heads.headDim() * LENGTH);
    errors = scope.row(heads.headDim() * LENGTH);
    scale = scope.row(LENGTH);
  }

  /** Begins a run of tokens that belong to one sample and one strip of the rotary table. */
  void begin(int token) {
    raw.readAddition(token / raw.tokensPerSample(), addition);
    if (heads.rotary() != null) {
      cos = heads.rotary().cosines(token);
      sin = heads.rotary().sines(token);
      stripStart = token - heads.rotary().place(token);
    }
  }

  /** Makes the ready head that starts at value {@code at}, of the tokens from {@code token} on. */
  void forward(int at, int token, Matrix ready) {
    read(at, token);
    HeadLoops.Affine affine = heads.affine();
    if (affine != null) {
      normalize(values, scale, heads.headDim());
      scaleAndShift(values, affine.gain(), affine.bias(), heads.headDim());
    }
    if (heads.rotary() != null) {
      rotate(values, 0, LENGTH, cos, sin, token - stripStart, heads.headDim());
    }
    store(values, ready, at, token);
  }

  /** Copies the raw head with its additions. */
  private void read(int at, int token) {
    Matrix columns = raw.values();
    int step = columns.stride() * Float.BYTES;
    ByteBuffer memory = columns.memory().bytes();
    read(memory, columns.byteAt(at, token), step, addition, at, values, heads.headDim());
  }

  private static void read(
      ByteBuffer memory,
      int from,
      int step,
      float[] addition,
      int at,
      float[] values,
      int headDim) {
    for (int d = 0, b = from; d < headDim; d++, b += step) {
      FloatVector.fromByteBuffer(SPECIES, memory, b, ORDER)
          .add(addition[at + d])
          .intoArray(values, d * LENGTH);
    }
  }

  /** Leaves mean 0 and variance 1, and what they were scaled by. */
  private static void normalize(float[] values, float[] scale, int headDim) {
    int n = headDim * LENGTH;
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int v = 0; v < n; v += LENGTH) {
      sum = sum.add(FloatVector.fromArray(SPECIES, values, v));
    }
    FloatVector mean = sum.mul(1f / headDim);
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int v = 0; v < n; v += LENGTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, values, v).sub(mean);
      x.intoArray(values, v);
      squares = x.fma(x, squares);
    }
    FloatVector variance = squares.mul(1f / headDim);
    FloatVector root = variance.add(HeadLoops.EPSILON).lanewise(VectorOperators.SQRT);
    FloatVector factor = FloatVector.broadcast(SPECIES, 1f).div(root);
    factor.intoArray(scale, 0);
    for (int v = 0; v < n; v += LENGTH) {
      FloatVector.fromArray(SPECIES, values, v).mul(factor).intoArray(values, v);
    }
  }

  private static void scaleAndShift(float[] values, float[] gain, float[] bias, int headDim) {
    for (int d = 0; d < headDim; d++) {
      FloatVector g = FloatVector.broadcast(SPECIES, gain[d]);
      FloatVector b = FloatVector.broadcast(SPECIES, bias[d]);
      FloatVector.fromArray(SPECIES, values, d * LENGTH).fma(g, b).intoArray(values, d * LENGTH);
    }
  }

  /** Rotates the pairs of a head; with first and second value changed over, back. */
  private static void rotate(
      float[] values, int first, int second, float[][] cos, float[][] sin, int place, int headDim) {
    for (int i = 0, v = 0; v < headDim * LENGTH; i++, v += 2 * LENGTH) {
      FloatVector c = FloatVector.fromArray(SPECIES, cos[i], place);
      FloatVector s = FloatVector.fromArray(SPECIES, sin[i], place);
      FloatVector a = FloatVector.fromArray(SPECIES, values, v + first);
      FloatVector b = FloatVector.fromArray(SPECIES, values, v + second);
      a.mul(c).sub(b.mul(s)).intoArray(values, v + first);
      b.mul(c).add(a.mul(s)).intoArray(values, v + second);
    }
  }

  private void store(float[] from, Matrix columns, int at, int token) {
    int step = columns.stride() * Float.BYTES;
    ByteBuffer memory = columns.memory().bytes();
    store(from, memory, columns.byteAt(at, token), step, heads.headDim());
  }

  private static void store(float[] values, ByteBuffer out, int at, int step, int headDim) {
    for (int d = 0, b = at; d < headDim; d++, b += step) {
      FloatVector.fromArray(SPECIES, values, d * LENGTH).intoByteBuffer(out, b, ORDER);
    }
  }

  /**
   * Turns the errors {@code d} at the ready head into those at the raw one, which {@link #finish}
   * stores, and adds to the sums of the affine.
   *
   * @param counted how many of the first tokens another block counts among the sums
   */
  void prepare(int at, int token, int counted, Matrix d) {
    int headDim = heads.headDim();
    int step = d.stride() * Float.BYTES;
    load(d.memory().bytes(), d.byteAt(at, token), step, errors, headDim);
    if (heads.rotary() != null) {
      rotate(errors, LENGTH, 0, cos, sin, token - stripStart, headDim);
    }
    HeadLoops.Affine affine = heads.affine();
    if (affine != null) {
      read(at, token);
      normalize(values, scale, headDim);
      sum(values, errors, counted, affine.dGain(), affine.dBias(), headDim);
      normalizeBackward(values, errors, affine.gain(), scale, headDim);
    }
  }

  private static void load(ByteBuffer in, int at, int step, float[] errors, int headDim) {
    for (int d = 0, b = at; d < headDim; d++, b += step) {
      FloatVector.fromByteBuffer(SPECIES, in, b, ORDER).intoArray(errors, d * LENGTH);
    }
  }

  private static void sum(
      float[] values, float[] errors, int counted, float[] dGain, float[] dBias, int headDim) {
    FloatVector mask = FloatVector.fromArray(SPECIES, MASKS, LENGTH - counted);
    for (int d = 0, v = 0, p = 0; d < headDim; d++, v += LENGTH, p += Padding.LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, values, v);
      FloatVector e = FloatVector.fromArray(SPECIES, errors, v).mul(mask);
      e.fma(x, FloatVector.fromArray(SPECIES, dGain, p)).intoArray(dGain, p);
      e.add(FloatVector.fromArray(SPECIES, dBias, p)).intoArray(dBias, p);
    }
  }

  private static void normalizeBackward(
      float[] values, float[] errors, float[] gain, float[] scale, int headDim) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector products = FloatVector.zero(SPECIES);
    for (int d = 0, v = 0; d < headDim; d++, v += LENGTH) {
      FloatVector e = FloatVector.fromArray(SPECIES, errors, v).mul(gain[d]);
      e.intoArray(errors, v);
      sum = sum.add(e);
      products = e.fma(FloatVector.fromArray(SPECIES, values, v), products);
    }
    FloatVector mean = sum.mul(1f / headDim);
    FloatVector slope = products.mul(1f / headDim);
    FloatVector factor = FloatVector.fromArray(SPECIES, scale, 0);
    for (int v = 0; v < headDim * LENGTH; v += LENGTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, values, v);
      FloatVector e = FloatVector.fromArray(SPECIES, errors, v);
      factor.mul(e.sub(mean).sub(x.mul(slope))).intoArray(errors, v);
    }
  }

  /** Stores the errors that {@link #prepare} made in place of those that it read. */
  void finish(int at, int token, Matrix d) {
    store(errors, d, at, token);
  }
}
