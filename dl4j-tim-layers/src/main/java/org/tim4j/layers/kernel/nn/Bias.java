package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.Scratch;
import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.Matrix;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.thread.Lane;

/** A vector parameter: a bias, a gain. */
public final class Bias {
  private final int width;
  private final long offset;

  /** All values of a parameter. */
  public Bias(ParameterLayout layout, String name) {
    this(layout, name, 0, Math.toIntExact(layout.shape(name)[0]));
  }

  /** Values {@code from} to {@code from + width} of a parameter alone. */
  public Bias(ParameterLayout layout, String name, int from, int width) {
    this.width = width;
    offset = layout.offset(name) + from;
  }

  /** Number of values. */
  public int width() {
    return width;
  }

  /** The values, in a row of the scope. */
  public float[] values(Lane lane, Scratch.Scope scope) {
    return read(lane.weights(), scope);
  }

  private float[] read(FloatMemory memory, Scratch.Scope scope) {
    float[] row = scope.row(width);
    memory.read(offset, row, width);
    return row;
  }

  /** Adds the row to the gradient. */
  public void accumulate(Lane lane, float[] sum) {
    try (Scratch.Scope scope = lane.open()) {
      float[] row = read(lane.gradients(), scope);
      VectorMath.add(row, sum, width);
      lane.gradients().write(offset, row, width);
    }
  }

  /** Sets every row to the values. */
  public void fill(Lane lane, Matrix y) {
    try (Scratch.Scope scope = lane.open()) {
      y.fill(values(lane, scope));
    }
  }

  /** Adds the sum of the rows of {@code dy} to the gradient. */
  public void backward(Lane lane, Matrix dy) {
    try (Scratch.Scope scope = lane.open()) {
      float[] sum = scope.zeroRow(width);
      float[] row = scope.row(width);
      for (int i = 0; i < dy.rows(); i++) {
        dy.read(i, row);
        VectorMath.add(sum, row, width);
      }
      accumulate(lane, sum);
    }
  }

  /** Like {@link #backward}, for {@code dy} with a token in each column. */
  public void backwardColumns(Lane lane, Matrix dy) {
    try (Scratch.Scope scope = lane.open()) {
      float[] sum = scope.row(width);
      float[] row = scope.row(dy.columns());
      for (int d = 0; d < width; d++) {
        dy.read(d, row);
        sum[d] = VectorMath.sum(row, 0, dy.columns());
      }
      accumulate(lane, sum);
    }
  }
}
