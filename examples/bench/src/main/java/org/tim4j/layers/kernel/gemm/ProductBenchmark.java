package org.tim4j.layers.kernel.gemm;

import org.tim4j.layers.kernel.memory.FloatMemory;

import java.util.concurrent.TimeUnit;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The three products of the query, key and value map, {@code [rows, width] × [width, 3 width]}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProductBenchmark {
  /** Numbers of a token. */
  @Param({"128", "192", "384"})
  public int width;

  /** Tokens. */
  @Param({"400", "1600"})
  public int rows;

  private final Gemm gemm = new Gemm();
  private FloatMemory x;
  private FloatMemory weights;
  private FloatMemory y;

  /** Takes the memory; OpenBLAS gets one thread, as oneDNN does in each product. */
  @Setup
  public void take() {
    openblas_nolapack.blas_set_num_threads(1);
    x = FloatMemory.allocate((long) rows * width);
    weights = FloatMemory.allocate(3L * width * width);
    y = FloatMemory.allocate(3L * rows * width);
    x.zero(0, x.length());
    weights.zero(0, weights.length());
    y.zero(0, y.length());
  }

  /** Gives it back. */
  @TearDown
  public void close() {
    x.close();
    weights.close();
    y.close();
  }

  /** y = x W. */
  @Benchmark
  public void forward() {
    gemm.a(x, 0, width).b(weights, 0, 3 * width).c(y, 0, 3 * width);
    OneDnn.single(() -> gemm.multiply(rows, 3 * width, width, 1f, 0f));
  }

  /** dx = dy Wᵀ. */
  @Benchmark
  public void inputError() {
    gemm.a(y, 0, 3 * width).b(weights, 0, 3 * width).c(x, 0, width);
    OneDnn.single(() -> gemm.multiplyTransposedB(rows, width, 3 * width, 1f, 0f));
  }

  /** dW += xᵀ dy. */
  @Benchmark
  public void weightGradient() {
    gemm.a(x, 0, width).b(y, 0, 3 * width).c(weights, 0, 3 * width);
    OneDnn.single(() -> gemm.multiplyTransposedA(width, 3 * width, rows, 1f, 1f));
  }
}
