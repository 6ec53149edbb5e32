package org.tim4j.layers.kernel.loops;

import static org.tim4j.layers.kernel.loops.Vectors.BYTES;
import static org.tim4j.layers.kernel.loops.Vectors.LENGTH;
import static org.tim4j.layers.kernel.loops.Vectors.ORDER;
import static org.tim4j.layers.kernel.loops.Vectors.SPECIES;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.tim4j.layers.kernel.memory.Matrix;

/**
 * Loops of the softmax that take a vector of queries over all keys of the tile, whose scores then
 * stay in the first cache from one pass to the next.
 */
final class VectorSoftmaxLoops implements SoftmaxLoops {
  private static int step(Matrix tile) {
    return tile.stride() * Float.BYTES;
  }

  @Override
  public void exponentiate(Scratch scratch, Matrix scores, float[] maximum, float[] sum) {
    ByteBuffer memory = scores.memory().bytes();
    for (int j = 0; j < scores.columns(); j += LENGTH) {
      exponentiate(memory, scores.byteAt(0, j), step(scores), scores.rows(), maximum, sum, j);
    }
  }

  private static void exponentiate(
      ByteBuffer memory, int from, int step, int keys, float[] maximum, float[] sum, int j) {
    FloatVector largest = FloatVector.fromArray(SPECIES, maximum, j);
    for (int k = 0, b = from; k < keys; k++, b += step) {
      largest = largest.max(FloatVector.fromByteBuffer(SPECIES, memory, b, ORDER));
    }
    largest.intoArray(maximum, j);
    FloatVector total = FloatVector.zero(SPECIES);
    for (int k = 0, b = from; k < keys; k++, b += step) {
      FloatVector score = FloatVector.fromByteBuffer(SPECIES, memory, b, ORDER);
      FloatVector power = Vectors.exp(score.sub(largest));
      power.intoByteBuffer(memory, b, ORDER);
      total = total.add(power);
    }
    total.intoArray(sum, j);
  }

  @Override
  public void scale(Scratch scratch, Matrix tile, float[] factor) {
    ByteBuffer memory = tile.memory().bytes();
    for (int j = 0; j < tile.columns(); j += LENGTH) {
      scale(memory, tile.byteAt(0, j), step(tile), tile.rows(), factor, j);
    }
  }

  private static void scale(
      ByteBuffer memory, int from, int step, int keys, float[] factor, int j) {
    FloatVector f = FloatVector.fromArray(SPECIES, factor, j);
    for (int k = 0, b = from; k < keys; k++, b += step) {
      FloatVector.fromByteBuffer(SPECIES, memory, b, ORDER).mul(f).intoByteBuffer(memory, b, ORDER);
    }
  }

  @Override
  public void differentiate(
      Scratch scratch, Matrix scores, Matrix errors, float[] log, float[] delta) {
    ByteBuffer memory = scores.memory().bytes();
    ByteBuffer error = errors.memory().bytes();
    for (int k = 0; k < scores.rows(); k++) {
      int at = scores.byteAt(k, 0);
      differentiate(memory, at, error, errors.byteAt(k, 0), log, delta, scores.columns());
    }
  }

  private static void differentiate(
      ByteBuffer scores,
      int score,
      ByteBuffer errors,
      int error,
      float[] log,
      float[] delta,
      int n) {
    for (int j = 0, b = 0; j < n; j += LENGTH, b += BYTES) {
      FloatVector s = FloatVector.fromByteBuffer(SPECIES, scores, score + b, ORDER);
      FloatVector e = FloatVector.fromByteBuffer(SPECIES, errors, error + b, ORDER);
      FloatVector p = Vectors.exp(s.sub(FloatVector.fromArray(SPECIES, log, j)));
      p.intoByteBuffer(scores, score + b, ORDER);
      e.sub(FloatVector.fromArray(SPECIES, delta, j))
          .mul(p)
          .intoByteBuffer(errors, error + b, ORDER);
    }
  }
}
