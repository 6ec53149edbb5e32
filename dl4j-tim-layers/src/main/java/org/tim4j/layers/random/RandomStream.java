package org.tim4j.layers.random;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A stream of random numbers that is a pure function of (seed, step, purpose).
 *
 * <p>The generator is Philox 4×32 with ten rounds (Salmon et al., "Parallel random numbers: as easy
 * as 1, 2, 3", SC 2011): the key is the seed, the counter holds the step, the purpose and the
 * position in the stream. A stream can therefore be made again at any step without replaying the
 * steps before it, which is what makes a resumed run repeat an uninterrupted one.
 *
 * <p>Instances are not thread-safe; make one per use.
 */
public final class RandomStream implements RandomGenerator {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final int MAX_PURPOSE_BITS = 8;

  private final int key0;
  private final int key1;
  private final int stepLow;
  private final int stepHighAndPurpose;
  private long block;
  private long spareLong;
  private boolean hasSpareLong;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  private RandomStream(long seed, long step, Purpose purpose) {
    this.key0 = (int) seed;
    this.key1 = (int) (seed >>> 32);
    this.stepLow = (int) step;
    this.stepHighAndPurpose = (int) (step >>> 32) << MAX_PURPOSE_BITS | purpose.code();
  }

  /**
   * Returns the stream of the given key, at its beginning.
   *
   * @param seed any value
   * @param step training step, or index of whatever repeats; at least 0 and below 2^56
   * @param purpose what the numbers are for
   * @throws IllegalArgumentException if {@code step} is out of range
   */
  public static RandomStream of(long seed, long step, Purpose purpose) {
    if (step < 0 || step >>> (32 + 32 - MAX_PURPOSE_BITS) != 0) {
      throw new IllegalArgumentException(
          "step is " + step + "; a stream's step must lie between 0 and 2^56 - 1");
    }
    return new RandomStream(seed, step, purpose);
  }

  @Override
  public long nextLong() {
    if (hasSpareLong) {
      hasSpareLong = false;
      return spareLong;
    }
    int c0 = (int) block;
    int c1 = (int) (block >>> 32);
    int c2 = stepLow;
    int c3 = stepHighAndPurpose;
    int k0 = key0;
    int k1 = key1;
    block++;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    spareLong = (c3 & 0xFFFFFFFFL) << 32 | (c2 & 0xFFFFFFFFL);
    hasSpareLong = true;
    return (c1 & 0xFFFFFFFFL) << 32 | (c0 & 0xFFFFFFFFL);
  }

  /** Returns a standard normal number (Box and Muller; the same on every version of Java). */
  @Override
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - nextDouble()));
    double angle = 2.0 * Math.PI * nextDouble();
    spareGaussian = radius * StrictMath.sin(angle);
    hasSpareGaussian = true;
    return radius * StrictMath.cos(angle);
  }

  /** Returns {@code count} standard normal numbers. */
  public double[] gaussians(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = nextGaussian();
    }
    return values;
  }

  /** Returns a new array of standard normal numbers, filled in row-major order. */
  public INDArray gaussians(DataType type, long... shape) {
    return Nd4j.createFromArray(gaussians(Math.toIntExact(length(shape))))
        .castTo(type)
        .reshape('c', shape);
  }

  /** Returns a random order of {@code 0 … count - 1}, every order equally likely. */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static long length(long[] shape) {
    long length = 1;
    for (long extent : shape) {
      length = Math.multiplyExact(length, extent);
    }
    return length;
  }
}
