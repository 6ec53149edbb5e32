package org.tim4j.layers.kernel.loops;

import org.tim4j.layers.kernel.memory.Matrix;

/** Portable loops of the stream, row by row. */
final class ArrayStreamLoops implements StreamLoops {
  @Override
  public void modulate(Scratch scratch, Matrix x, float[] shift, float[] scale, Matrix h) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = x.columns();
      float[] row = scope.row(n);
      for (int i = 0; i < x.rows(); i++) {
        x.read(i, row);
        modulate(row, shift, scale, n);
        h.write(i, row);
      }
    }
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
      Scratch scratch,
      Matrix x,
      Matrix dh,
      float[] scale,
      float[] dShift,
      float[] dScale,
      Matrix dx) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = x.columns();
      float[] row = scope.row(n);
      float[] error = scope.row(n);
      float[] sum = scope.row(n);
      for (int i = 0; i < x.rows(); i++) {
        x.read(i, row);
        dh.read(i, error);
        dx.read(i, sum);
        float norm = RowNorm.normalize(row, 0, n, EPSILON);
        unmodulate(row, error, scale, dShift, dScale, n);
        RowNorm.backward(row, error, 0, n, norm);
        VectorMath.add(sum, error, n);
        dx.write(i, sum);
      }
    }
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
  public void join(Scratch scratch, Matrix x, Matrix branch, Gate gate, Matrix y) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = x.columns();
      float[] sum = scope.row(n);
      float[] row = scope.row(n);
      for (int i = 0; i < x.rows(); i++) {
        x.read(i, sum);
        branch.read(i, row);
        addBiased(sum, gate.gate(), row, gate.bias(), n);
        y.write(i, sum);
      }
    }
  }

  /** {@code sum += factor ⊙ (row + bias)}. */
  private static void addBiased(float[] sum, float[] factor, float[] row, float[] bias, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] = Math.fma(factor[j], row[j] + bias[j], sum[j]);
    }
  }

  @Override
  public void joinBackward(
      Scratch scratch, Matrix dy, Matrix branch, Gate gate, Gate errors, Matrix dBranch) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = dy.columns();
      float[] row = scope.row(n);
      float[] error = scope.row(n);
      for (int i = 0; i < dy.rows(); i++) {
        dy.read(i, error);
        branch.read(i, row);
        addBiased(errors.gate(), error, row, gate.bias(), n);
        VectorMath.multiply(error, gate.gate(), n);
        VectorMath.add(errors.bias(), error, n);
        dBranch.write(i, error);
      }
    }
  }
}
