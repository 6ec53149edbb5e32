package org.tim4j.layers.kernel.layer;

import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.kernel.memory.RandomMemory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tim4j.layers.base.RopeOrder;

/**
 * Self-attention of one head of 64 over one picture, projections included; prints the largest
 * resident memory of the process at the end.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class AttentionBenchmark {
  private static final long HEAD = 64;

  /** Side of the grid of tokens: 1,024 to 16,384 tokens. */
  @Param({"32", "64", "128"})
  public int side;

  /** Threads. */
  @Param({"1", "2"})
  public int threads;

  private Parallelism parallelism;
  private AttentionKernel kernel;
  private FloatMemory weights;
  private FloatMemory gradients;
  private FloatTensor[] inputs;
  private FloatTensor[] errors;
  private FloatTensor output;
  private FloatTensor outputError;

  /** Makes the layer and its input. */
  @Setup
  public void take() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("qkvW", new long[] {HEAD, 3 * HEAD});
    shapes.put("qkvb", new long[] {3 * HEAD});
    shapes.put("projW", new long[] {HEAD, HEAD});
    shapes.put("projb", new long[] {HEAD});
    ParameterLayout layout = ParameterLayout.of(shapes);
    parallelism = Parallelism.of(threads);
    kernel = new AttentionKernel(
            layout, new AttentionForm(1, false, RopeOrder.ROW_COLUMN), false);
    weights = RandomMemory.of(layout.length(), 0.2);
    gradients = FloatMemory.allocate(layout.length());
    long[] shape = {1, side, side, HEAD};
    inputs = new FloatTensor[] {RandomMemory.tensor(shape)};
    errors = new FloatTensor[] {RandomMemory.tensor(shape)};
    output = RandomMemory.tensor(shape);
    outputError = RandomMemory.tensor(shape);
  }

  /** Prediction. */
  @Benchmark
  public void forward() {
    kernel.forward(parallelism, weights, Batch.of(inputs), output, Keep.NOTHING);
  }

  /** Prediction and gradient. */
  @Benchmark
  public void forwardAndBackward() {
    kernel.forward(parallelism, weights, Batch.of(inputs), output, Keep.ACTIVATIONS);
    kernel.backward(parallelism, weights, gradients, Batch.of(inputs), outputError, errors, Keep.ACTIVATIONS);
  }

  /**
   * Prints the peak.
   *
   * @throws IOException if the system does not tell
   */
  @TearDown(Level.Trial)
  public void printPeak() throws IOException {
    kernel.close();
    parallelism.close();
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .forEach(System.out::println);
    }
  }
}
