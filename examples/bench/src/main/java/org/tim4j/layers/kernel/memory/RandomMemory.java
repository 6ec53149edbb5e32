package org.tim4j.layers.kernel.memory;

import java.util.SplittableRandom;

/** Memory for benchmarks, filled with numbers between −1 and 1 times a factor. */
public final class RandomMemory {
  private RandomMemory() {}

  public static FloatMemory of(long length, double factor) {
    FloatMemory memory = FloatMemory.allocate(length);
    SplittableRandom random = new SplittableRandom(length);
    float[] row = new float[1024];
    for (long from = 0; from < length; from += row.length) {
      int count = (int) Math.min(row.length, length - from);
      for (int i = 0; i < count; i++) {
        row[i] = (float) (factor * (2 * random.nextDouble() - 1));
      }
      memory.write(from, row, count);
    }
    return memory;
  }

  public static FloatTensor tensor(long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return new FloatTensor(of(length, 1), shape);
  }
}
