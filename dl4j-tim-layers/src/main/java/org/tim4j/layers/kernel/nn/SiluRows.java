package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.Exponential;
import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.thread.Lane;

/** {@code SiLU(x) = x σ(x)} on rows. */
final class SiluRows {
  private SiluRows() {}

  /** Fills {@code y}. */
  static void forward(Lane lane, Matrix x, Matrix y) {
    Exponential exponential = lane.scratch().exponential();
    try (Scratch.Scope scope = lane.open()) {
      int n = x.columns();
      float[] row = scope.row(n);
      float[] sigmoid = scope.row(n);
      for (int i = 0; i < x.rows(); i++) {
        x.read(i, row);
        exponential.sigmoid(row, sigmoid, n);
        VectorMath.multiply(row, sigmoid, n);
        y.write(i, row);
      }
    }
  }

  /** Turns the error at SiLU(x) into the error at x: SiLU′ = σ + SiLU (1 − σ). */
  static void backward(Lane lane, Matrix x, Matrix d) {
    Exponential exponential = lane.scratch().exponential();
    try (Scratch.Scope scope = lane.open()) {
      int n = x.columns();
      float[] row = scope.row(n);
      float[] error = scope.row(n);
      float[] sigmoid = scope.row(n);
      for (int i = 0; i < x.rows(); i++) {
        x.read(i, row);
        d.read(i, error);
        exponential.sigmoid(row, sigmoid, n);
        for (int j = 0; j < n; j++) {
          error[j] *= sigmoid[j] + row[j] * sigmoid[j] * (1f - sigmoid[j]);
        }
        d.write(i, error);
      }
    }
  }
}
