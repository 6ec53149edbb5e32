package org.tim4j.examples.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The speed of large single-precision matrix products, which bounds that of a network. It is taken
 * by the median, as the work beside it is, and before and after that work: the speed of a shared
 * machine moves while a benchmark runs.
 */
final class MatrixSpeed {
  private static final int SIZE = 1024;
  private static final int REPETITIONS = 20;

  private double[] seconds = {};

  /** Times some products with the threads in use; their memory is given back at once. */
  void sample() {
    try (INDArray a = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray b = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f')) {
      double[] more = new double[REPETITIONS];
      for (int i = 0; i < REPETITIONS; i++) {
        long begin = System.nanoTime();
        Nd4j.gemm(a, b, c, false, false, 1, 0);
        more[i] = (System.nanoTime() - begin) * 1e-9;
      }
      seconds = DoubleStream.concat(Arrays.stream(seconds), Arrays.stream(more)).toArray();
    }
  }

  /** Operations a second by the median of all products so far, of which there are some. */
  double operationsPerSecond() {
    return 2.0 * SIZE * SIZE * SIZE / Median.of(seconds);
  }
}
