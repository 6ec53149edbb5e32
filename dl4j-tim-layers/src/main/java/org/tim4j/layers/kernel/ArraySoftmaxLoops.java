package org.tim4j.layers.kernel;

import java.util.Arrays;

/** Portable loops of the softmax, key by key. */
final class ArraySoftmaxLoops implements SoftmaxLoops {
  @Override
  public void exponentiate(Worker worker, Columns scores, float[] maximum, float[] sum) {
    int mark = worker.markRows();
    int n = scores.count();
    float[] row = worker.row(n);
    for (int k = 0; k < scores.height(); k++) {
      scores.read(k, 0, row, n);
      VectorMath.maximum(maximum, row, n);
    }
    Arrays.fill(sum, 0, n, 0f);
    for (int k = 0; k < scores.height(); k++) {
      scores.read(k, 0, row, n);
      VectorMath.subtract(row, maximum, n);
      worker.exponential().exp(row, row, n);
      VectorMath.add(sum, row, n);
      scores.write(k, 0, row, n);
    }
    worker.releaseRows(mark);
  }

  @Override
  public void scale(Worker worker, Columns tile, float[] factor) {
    int mark = worker.markRows();
    int n = tile.count();
    float[] row = worker.row(n);
    for (int k = 0; k < tile.height(); k++) {
      tile.read(k, 0, row, n);
      VectorMath.multiply(row, factor, n);
      tile.write(k, 0, row, n);
    }
    worker.releaseRows(mark);
  }

  @Override
  public void differentiate(
      Worker worker, Columns scores, Columns errors, float[] log, float[] delta) {
    int mark = worker.markRows();
    int n = scores.count();
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    for (int k = 0; k < scores.height(); k++) {
      scores.read(k, 0, row, n);
      errors.read(k, 0, error, n);
      VectorMath.subtract(row, log, n);
      worker.exponential().exp(row, row, n);
      VectorMath.subtract(error, delta, n);
      VectorMath.multiply(error, row, n);
      scores.write(k, 0, row, n);
      errors.write(k, 0, error, n);
    }
    worker.releaseRows(mark);
  }
}
