package org.tim4j.layers.kernel.nn;

import org.tim4j.layers.kernel.loops.VectorMath;
import org.tim4j.layers.kernel.memory.Columns;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.Rows;
import org.tim4j.layers.kernel.thread.Worker;

/** A vector parameter: a bias, a gain. */
public final class Bias {
  private final int width;
  private final long offset;

  public Bias(ParameterLayout layout, String name) {
    this(layout, name, 0, Math.toIntExact(layout.shape(name)[0]));
  }

  /** Values {@code from} to {@code from + width} of a parameter alone. */
  public Bias(ParameterLayout layout, String name, int from, int width) {
    this.width = width;
    offset = layout.offset(name) + from;
  }

  public int width() {
    return width;
  }

  /** The values, in a row of the worker. */
  public float[] values(Worker worker, FloatMemory weights) {
    float[] row = worker.row(width);
    weights.read(offset, row, width);
    return row;
  }

  /** Adds the row to the gradient. */
  public void accumulate(Worker worker, FloatMemory gradients, float[] sum) {
    int mark = worker.markRows();
    float[] row = values(worker, gradients);
    VectorMath.add(row, sum, width);
    gradients.write(offset, row, width);
    worker.releaseRows(mark);
  }

  /** Sets every row to the values. */
  public void fill(Worker worker, FloatMemory weights, Rows y) {
    int mark = worker.markRows();
    y.fill(0, y.count(), values(worker, weights));
    worker.releaseRows(mark);
  }

  /** Adds the sum of the rows of {@code dy} to the gradient. */
  public void backward(Worker worker, FloatMemory gradients, Rows dy) {
    int mark = worker.markRows();
    float[] sum = worker.zeroRow(width);
    float[] row = worker.row(width);
    for (int i = 0; i < dy.count(); i++) {
      dy.read(i, row);
      VectorMath.add(sum, row, width);
    }
    accumulate(worker, gradients, sum);
    worker.releaseRows(mark);
  }

  /** Adds the sum of the columns of {@code dy} to the gradient. */
  public void backward(Worker worker, FloatMemory gradients, Columns dy) {
    int mark = worker.markRows();
    float[] sum = worker.row(width);
    float[] row = worker.row(dy.count());
    for (int d = 0; d < width; d++) {
      dy.read(d, 0, row, dy.count());
      sum[d] = VectorMath.sum(row, 0, dy.count());
    }
    accumulate(worker, gradients, sum);
    worker.releaseRows(mark);
  }
}
