package org.tim4j.objective.reference;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Inputs of generated reference files. */
final class RandomArrays {
  private final Random random;

  RandomArrays(long seed) {
    random = new Random(seed);
  }

  /** A whole number from {@code first} to {@code last}. */
  int between(int first, int last) {
    return first + random.nextInt(last - first + 1);
  }

  double uniform(double first, double last) {
    return first + (last - first) * random.nextDouble();
  }

  boolean coin() {
    return random.nextBoolean();
  }

  @SafeVarargs
  final <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  double[] gaussians(int count) {
    return random.doubles(count, 0, 1).map(ignored -> random.nextGaussian()).toArray();
  }

  double[] uniforms(int count, double first, double last) {
    return random.doubles(count, first, last).toArray();
  }

  /** Standard normal numbers in double precision that single precision holds too. */
  INDArray singles(long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = Arrays.stream(gaussians(count)).map(value -> (float) value).toArray();
    return Nd4j.createFromArray(values).reshape(shape);
  }

  INDArray doubles(long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.createFromArray(gaussians(count)).reshape(shape);
  }

  /** Whole numbers from 0 to {@code last}. */
  double[] classes(int count, int last) {
    return random.ints(count, 0, last + 1).asDoubleStream().toArray();
  }

  static INDArray column(double[] values) {
    return Nd4j.createFromArray(values).castTo(DataType.DOUBLE).reshape(values.length, 1);
  }
}
