package org.tim4j.examples.bench;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The speed of large single-precision matrix products, which bounds that of a network. */
public final class MatrixSpeed {
  private static final int SIZE = 1024;
  private static final int REPETITIONS = 20;

  private MatrixSpeed() {}

  /** Measures the best of several products, in operations a second, with the threads in use. */
  public static double measure() {
    INDArray a = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
    INDArray b = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
    INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f');
    double fastest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPETITIONS; i++) {
      long begin = System.nanoTime();
      Nd4j.gemm(a, b, c, false, false, 1, 0);
      fastest = Math.min(fastest, (System.nanoTime() - begin) * 1e-9);
    }
    return 2.0 * SIZE * SIZE * SIZE / fastest;
  }
}
