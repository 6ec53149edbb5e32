package org.tim4j.layers.vertex;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The distribution that a parameter's first value is drawn from. */
public sealed interface InitialValue {
  /** Every element 0. */
  InitialValue ZERO = new Constant(0.0);

  /** Every element 1. */
  InitialValue ONE = new Constant(1.0);

  /**
   * Returns the uniform distribution on ±√(6 / (fanIn + fanOut)) (Glorot and Bengio, AISTATS 2010).
   */
  static InitialValue xavier(long fanIn, long fanOut) {
    return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
  }

  /** Returns the normal distribution of mean 0 and the given standard deviation. */
  static InitialValue normal(double deviation) {
    return new Normal(deviation);
  }

  /** Returns the next element, in row-major order. */
  double next(RandomGenerator random);

  /** Writes first values into {@code target}, element after element in row-major order. */
  default void fill(INDArray target, RandomGenerator random) {
    // Drawn in pieces: a double copy of a whole large matrix would not fit beside the network.
    final int piece = 1 << 18;
    INDArray flat = target.reshape(target.length());
    for (long start = 0; start < flat.length(); start += piece) {
      long end = Math.min(start + piece, flat.length());
      double[] values = new double[(int) (end - start)];
      for (int i = 0; i < values.length; i++) {
        values[i] = next(random);
      }
      flat.get(NDArrayIndex.interval(start, end))
          .assign(Nd4j.createFromArray(values).castTo(target.dataType()));
    }
  }

  /** One value for every element. */
  record Constant(double value) implements InitialValue {
    @Override
    public double next(RandomGenerator random) {
      return value;
    }

    @Override
    public void fill(INDArray target, RandomGenerator random) {
      target.assign(value);
    }
  }

  /** Uniform on [−bound, bound). */
  record Uniform(double bound) implements InitialValue {
    @Override
    public double next(RandomGenerator random) {
      return bound * (2.0 * random.nextDouble() - 1.0);
    }
  }

  /** Normal with mean 0. */
  record Normal(double deviation) implements InitialValue {
    @Override
    public double next(RandomGenerator random) {
      return deviation * random.nextGaussian();
    }
  }
}
