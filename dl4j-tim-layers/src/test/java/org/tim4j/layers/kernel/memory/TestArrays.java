package org.tim4j.layers.kernel.memory;

import org.tim4j.layers.random.RandomStream;

/** Random contents and conversions for kernel tests. */
public final class TestArrays {
  private TestArrays() {}

  /** Fills the memory with normal numbers of the given standard deviation. */
  public static float[] fill(FloatMemory memory, RandomStream random, double deviation) {
    float[] values = new float[memory.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    memory.write(0, values, values.length);
    return values;
  }

  public static double[] doubles(FloatMemory memory) {
    return slice(memory.toArray(), 0, memory.length());
  }

  public static double[] slice(float[] values, long from, int count) {
    double[] part = new double[count];
    for (int i = 0; i < count; i++) {
      part[i] = values[(int) from + i];
    }
    return part;
  }

  public static double norm(float[] values, long from, int count) {
    double sum = 0;
    for (double v : slice(values, from, count)) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }
}
