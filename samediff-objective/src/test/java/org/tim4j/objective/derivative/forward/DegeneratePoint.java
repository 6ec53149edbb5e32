package org.tim4j.objective.derivative.forward;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where roots, logarithms, quotients and comparisons have their kinks and poles. */
enum DegeneratePoint {
  ZERO {
    @Override
    double value(long index, long rowLength) {
      return 0;
    }
  },
  ONE {
    @Override
    double value(long index, long rowLength) {
      return 1;
    }
  },
  MINUS_ONE {
    @Override
    double value(long index, long rowLength) {
      return -1;
    }
  },
  /** Rows that are constant, each with another number, of which one has no exact mean. */
  CONSTANT_ROWS {
    @Override
    double value(long index, long rowLength) {
      return new double[] {0, 0.1, 2}[(int) (index / rowLength % 3)];
    }
  },
  /** −1, 0 and 1 mixed. */
  TIES {
    @Override
    double value(long index, long rowLength) {
      return index * 7 % 5 % 3 - 1.0;
    }
  },
  /** As {@link #TIES}, but so large that exponentials saturate. */
  LARGE_TIES {
    @Override
    double value(long index, long rowLength) {
      return 1000 * TIES.value(index, rowLength);
    }
  };

  abstract double value(long index, long rowLength);

  INDArray of(long... shape) {
    INDArray array = Nd4j.zeros(DataType.DOUBLE, shape);
    long rowLength = shape.length == 0 ? 1 : shape[shape.length - 1];
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, value(i, rowLength));
    }
    return array;
  }
}
