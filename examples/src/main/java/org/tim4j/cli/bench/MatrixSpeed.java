package org.tim4j.cli.bench;

import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
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

  private final DescriptiveStatistics seconds = new DescriptiveStatistics();

  /** Times some products with the threads in use; their memory is given back at once. */
  void sample() {
    try (INDArray a = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray b = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f')) {
      for (int i = 0; i < REPETITIONS; i++) {
        long begin = System.nanoTime();
        Nd4j.gemm(a, b, c, false, false, 1, 0);
        seconds.addValue((System.nanoTime() - begin) * 1e-9);
      }
    }
  }

  /** Operations a second by the median of all products so far, of which there are some. */
  double operationsPerSecond() {
    return 2.0 * SIZE * SIZE * SIZE / seconds.getPercentile(50);
  }
}
