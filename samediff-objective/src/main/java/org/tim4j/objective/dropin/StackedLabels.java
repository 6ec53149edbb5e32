package org.tim4j.objective.dropin;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.objective.array.Doubles;

/**
 * Labels of a stacked batch: a matrix with one row for each prediction.
 *
 * <p>The first rows belong to the samples, in order, the others to the points of the finite
 * difference. Each row holds the part of the sample's target that does not depend on the network,
 * then the columns named here. The target of sample i is that part plus the sum of coefficient
 * times prediction over the points whose owner is i.
 */
record StackedLabels(double[] values, int rows, int dataWidth) {
  /** Columns after the data. */
  enum Column {
    /** Index of the sample that the row belongs to; its own index for a sample. */
    OWNER,
    /** Factor of a point's prediction in its sample's target. */
    COEFFICIENT,
    /** Interval weight of a sample. */
    WEIGHT,
    /** Raw start time. */
    T,
    /** Raw target time. */
    R
  }

  private static final int COLUMNS = Column.values().length;

  static StackedLabels empty(int rows, int dataWidth) {
    return new StackedLabels(new double[rows * (dataWidth + COLUMNS)], rows, dataWidth);
  }

  static StackedLabels of(INDArray labels) {
    int rows = (int) labels.size(0);
    return new StackedLabels(Doubles.of(labels), rows, (int) labels.size(1) - COLUMNS);
  }

  INDArray toArray(INDArray like) {
    return Doubles.toArray(values, like, rows, dataWidth + COLUMNS);
  }

  double get(int row, Column column) {
    return values[row * (dataWidth + COLUMNS) + dataWidth + column.ordinal()];
  }

  void set(int row, Column column, double value) {
    values[row * (dataWidth + COLUMNS) + dataWidth + column.ordinal()] = value;
  }

  double data(int row, int column) {
    return values[row * (dataWidth + COLUMNS) + column];
  }

  void setData(int row, double[] source, int from) {
    System.arraycopy(source, from, values, row * (dataWidth + COLUMNS), dataWidth);
  }

  int owner(int row) {
    return (int) get(row, Column.OWNER);
  }

  /** Number of samples: the rows before the first point. */
  int samples() {
    int count = 0;
    while (count < rows && owner(count) == count) {
      count++;
    }
    return count;
  }
}
