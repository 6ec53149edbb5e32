package org.tim4j.layers.kernel.loops;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Loops over one row: time for a row of the given length. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VectorMathBenchmark {
  /** Floats of a row. */
  @Param({"128", "1024"})
  public int length;

  private final Exponential exponential = new Exponential();
  private float[] x;
  private float[] y;
  private float[] z;

  /** Fills the row. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    x = new float[length];
    y = new float[length];
    z = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) (8 * random.nextDouble() - 4);
    }
  }

  /** e to the power of each element. */
  @Benchmark
  public float[] exp() {
    exponential.exp(x, y, length);
    return y;
  }

  /** 1 / (1 + exp(−x)). */
  @Benchmark
  public float[] sigmoid() {
    exponential.sigmoid(x, y, length);
    return y;
  }

  /** The same with {@link Math#exp} for each element. */
  @Benchmark
  public float[] expOfTheLibrary() {
    for (int i = 0; i < length; i++) {
      y[i] = (float) Math.exp(x[i]);
    }
    return y;
  }

  /** Sum of products. */
  @Benchmark
  public float dot() {
    return VectorMath.dot(x, 0, z, 0, length);
  }
}
