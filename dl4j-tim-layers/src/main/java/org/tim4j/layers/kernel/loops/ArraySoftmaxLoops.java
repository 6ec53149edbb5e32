package org.tim4j.layers.kernel.loops;

import java.util.Arrays;
import org.tim4j.layers.kernel.memory.Matrix;

/** Portable loops of the softmax, key by key. */
final class ArraySoftmaxLoops implements SoftmaxLoops {
  @Override
  public void exponentiate(Scratch scratch, Matrix scores, float[] maximum, float[] sum) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = scores.columns();
      float[] row = scope.row(n);
      for (int k = 0; k < scores.rows(); k++) {
        scores.read(k, 0, row, n);
        VectorMath.maximum(maximum, row, n);
      }
      Arrays.fill(sum, 0, n, 0f);
      for (int k = 0; k < scores.rows(); k++) {
        scores.read(k, 0, row, n);
        VectorMath.subtract(row, maximum, n);
        scratch.exponential().exp(row, row, n);
        VectorMath.add(sum, row, n);
        scores.write(k, 0, row, n);
      }
    }
  }

  @Override
  public void scale(Scratch scratch, Matrix tile, float[] factor) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = tile.columns();
      float[] row = scope.row(n);
      for (int k = 0; k < tile.rows(); k++) {
        tile.read(k, 0, row, n);
        VectorMath.multiply(row, factor, n);
        tile.write(k, 0, row, n);
      }
    }
  }

  @Override
  public void differentiate(
      Scratch scratch, Matrix scores, Matrix errors, float[] log, float[] delta) {
    try (Scratch.Scope scope = scratch.open()) {
      int n = scores.columns();
      float[] row = scope.row(n);
      float[] error = scope.row(n);
      for (int k = 0; k < scores.rows(); k++) {
        scores.read(k, 0, row, n);
        errors.read(k, 0, error, n);
        VectorMath.subtract(row, log, n);
        scratch.exponential().exp(row, row, n);
        VectorMath.subtract(error, delta, n);
        VectorMath.multiply(error, row, n);
        scores.write(k, 0, row, n);
        errors.write(k, 0, error, n);
      }
    }
  }
}
