package org.tim4j.layers.kernel;

/** Portable loops of the stream, row by row. */
final class ArrayStreamLoops implements StreamLoops {
  @Override
  public void modulate(Worker worker, Rows x, float[] shift, float[] scale, Rows h) {
    int mark = worker.markRows();
    int n = x.width();
    float[] row = worker.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      modulate(row, shift, scale, n);
      h.write(i, row);
    }
    worker.releaseRows(mark);
  }

  private static void modulate(float[] row, float[] shift, float[] scale, int n) {
    float mean = LayerNorm.mean(row, 0, n);
    float norm = LayerNorm.scale(row, 0, n, mean, EPSILON);
    for (int j = 0; j < n; j++) {
      row[j] = Math.fma((row[j] - mean) * norm, 1f + scale[j], shift[j]);
    }
  }

  @Override
  public void modulateBackward(
      Worker worker, Rows x, Rows dh, float[] scale, float[] dShift, float[] dScale, Rows dx) {
    int mark = worker.markRows();
    int n = x.width();
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    float[] sum = worker.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      dh.read(i, error);
      dx.read(i, sum);
      float norm = LayerNorm.normalize(row, 0, n, EPSILON);
      unmodulate(row, error, scale, dShift, dScale, n);
      LayerNorm.backward(row, error, 0, n, norm);
      VectorMath.add(sum, error, n);
      dx.write(i, sum);
    }
    worker.releaseRows(mark);
  }

  private static void unmodulate(
      float[] row, float[] error, float[] scale, float[] dShift, float[] dScale, int n) {
    for (int j = 0; j < n; j++) {
      float e = error[j];
      dShift[j] += e;
      dScale[j] = Math.fma(e, row[j], dScale[j]);
      error[j] = e * (1f + scale[j]);
    }
  }

  @Override
  public void join(Worker worker, Rows x, Rows branch, float[] bias, float[] gate, Rows y) {
    int mark = worker.markRows();
    int n = x.width();
    float[] sum = worker.row(n);
    float[] row = worker.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, sum);
      branch.read(i, row);
      addBiased(sum, gate, row, bias, n);
      y.write(i, sum);
    }
    worker.releaseRows(mark);
  }

  /** {@code sum += factor ⊙ (row + bias)}. */
  private static void addBiased(float[] sum, float[] factor, float[] row, float[] bias, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = Math.fma(factor[j], row[j] + bias[j], sum[j]);
    }
  }

  @Override
  public void joinBackward(
      Worker worker,
      Rows dy,
      Rows branch,
      float[] bias,
      float[] gate,
      float[] dGate,
      float[] dBias,
      Rows dBranch) {
    int mark = worker.markRows();
    int n = dy.width();
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    for (int i = 0; i < dy.count(); i++) {
      dy.read(i, error);
      branch.read(i, row);
      addBiased(dGate, error, row, bias, n);
      VectorMath.multiply(error, gate, n);
      VectorMath.add(dBias, error, n);
      dBranch.write(i, error);
    }
    worker.releaseRows(mark);
  }
}
