package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.kernel.memory.Rows;

/** Portable loops of the stream, row by row. */
final class ArrayStreamLoops implements StreamLoops {
  @Override
  public void modulate(Scratch scratch, Rows x, float[] shift, float[] scale, Rows h) {
    int mark = scratch.markRows();
    int n = x.width();
    float[] row = scratch.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      modulate(row, shift, scale, n);
      h.write(i, row);
    }
    scratch.releaseRows(mark);
  }

  private static void modulate(float[] row, float[] shift, float[] scale, int n) {
    float mean = RowNorm.mean(row, 0, n);
    float norm = RowNorm.scale(row, 0, n, mean, EPSILON);
    for (int j = 0; j < n; j++) {
      row[j] = Math.fma((row[j] - mean) * norm, 1f + scale[j], shift[j]);
    }
  }

  @Override
  public void modulateBackward(
      Scratch scratch, Rows x, Rows dh, float[] scale, float[] dShift, float[] dScale, Rows dx) {
    int mark = scratch.markRows();
    int n = x.width();
    float[] row = scratch.row(n);
    float[] error = scratch.row(n);
    float[] sum = scratch.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      dh.read(i, error);
      dx.read(i, sum);
      float norm = RowNorm.normalize(row, 0, n, EPSILON);
      unmodulate(row, error, scale, dShift, dScale, n);
      RowNorm.backward(row, error, 0, n, norm);
      VectorMath.add(sum, error, n);
      dx.write(i, sum);
    }
    scratch.releaseRows(mark);
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
  public void join(Scratch scratch, Rows x, Rows branch, float[] bias, float[] gate, Rows y) {
    int mark = scratch.markRows();
    int n = x.width();
    float[] sum = scratch.row(n);
    float[] row = scratch.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, sum);
      branch.read(i, row);
      addBiased(sum, gate, row, bias, n);
      y.write(i, sum);
    }
    scratch.releaseRows(mark);
  }

  /** {@code sum += factor ⊙ (row + bias)}. */
  private static void addBiased(float[] sum, float[] factor, float[] row, float[] bias, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = Math.fma(factor[j], row[j] + bias[j], sum[j]);
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
    int mark = scratch.markRows();
    int n = dy.width();
    float[] row = scratch.row(n);
    float[] error = scratch.row(n);
    for (int i = 0; i < dy.count(); i++) {
      dy.read(i, error);
      branch.read(i, row);
      addBiased(dGate, error, row, bias, n);
      VectorMath.multiply(error, gate, n);
      VectorMath.add(dBias, error, n);
      dBranch.write(i, error);
    }
    scratch.releaseRows(mark);
  }
}
