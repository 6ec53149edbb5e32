package org.tim4j.layers.kernel.loops;

import java.util.Arrays;
import org.tim4j.layers.kernel.memory.Columns;

/** Portable loops of the softmax, key by key. */
final class ArraySoftmaxLoops implements SoftmaxLoops {
  @Override
  public void exponentiate(Scratch scratch, Columns scores, float[] maximum, float[] sum) {
    int mark = scratch.markRows();
    int n = scores.count();
    float[] row = scratch.row(n);
    for (int k = 0; k < scores.height(); k++) {
      scores.read(k, 0, row, n);
      VectorMath.maximum(maximum, row, n);
    }
    Arrays.fill(sum, 0, n, 0f);
    for (int k = 0; k < scores.height(); k++) {
      scores.read(k, 0, row, n);
      VectorMath.subtract(row, maximum, n);
      scratch.exponential().exp(row, row, n);
      VectorMath.add(sum, row, n);
      scores.write(k, 0, row, n);
    }
    scratch.releaseRows(mark);
  }

  @Override
  public void scale(Scratch scratch, Columns tile, float[] factor) {
    int mark = scratch.markRows();
    int n = tile.count();
    float[] row = scratch.row(n);
    for (int k = 0; k < tile.height(); k++) {
      tile.read(k, 0, row, n);
      VectorMath.multiply(row, factor, n);
      tile.write(k, 0, row, n);
    }
    scratch.releaseRows(mark);
  }

  @Override
  public void differentiate(
      Scratch scratch, Columns scores, Columns errors, float[] log, float[] delta) {
    int mark = scratch.markRows();
    int n = scores.count();
    float[] row = scratch.row(n);
    float[] error = scratch.row(n);
    for (int k = 0; k < scores.height(); k++) {
      scores.read(k, 0, row, n);
      errors.read(k, 0, error, n);
      VectorMath.subtract(row, log, n);
      scratch.exponential().exp(row, row, n);
      VectorMath.subtract(error, delta, n);
      VectorMath.multiply(error, row, n);
      scores.write(k, 0, row, n);
      errors.write(k, 0, error, n);
    }
    scratch.releaseRows(mark);
  }
}
