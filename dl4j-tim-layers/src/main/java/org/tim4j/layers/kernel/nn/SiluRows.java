package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/** {@code SiLU(x) = x σ(x)} on rows. */
public final class SiluRows {
  private SiluRows() {}

  /** Fills {@code y}. */
  public static void forward(Worker worker, Rows x, Rows y) {
    int mark = worker.markRows();
    int n = x.width();
    float[] row = worker.row(n);
    float[] sigmoid = worker.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      worker.exponential().sigmoid(row, sigmoid, n);
      VectorMath.multiply(row, sigmoid, n);
      y.write(i, row);
    }
    worker.releaseRows(mark);
  }

  /** Turns the error at SiLU(x) into the error at x: SiLU′ = σ + SiLU (1 − σ). */
  public static void backward(Worker worker, Rows x, Rows d) {
    int mark = worker.markRows();
    int n = x.width();
    float[] row = worker.row(n);
    float[] error = worker.row(n);
    float[] sigmoid = worker.row(n);
    for (int i = 0; i < x.count(); i++) {
      x.read(i, row);
      d.read(i, error);
      worker.exponential().sigmoid(row, sigmoid, n);
      for (int j = 0; j < n; j++) {
        error[j] *= sigmoid[j] + row[j] * sigmoid[j] * (1f - sigmoid[j]);
      }
      d.write(i, error);
    }
    worker.releaseRows(mark);
  }
}
