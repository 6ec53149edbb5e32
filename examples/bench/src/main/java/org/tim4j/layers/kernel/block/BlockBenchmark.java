package org.tim4j.layers.kernel.block;

import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.layer.Batch;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.kernel.memory.RandomMemory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tim4j.layers.base.RopeOrder;

/** One block of the sizes of the README's table. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BlockBenchmark {
  /** Size of a block and its batch. */
  public enum Size {
    /** 16 tokens a picture. */
    WIDTH_128(128, 4, 42, 128, 4),
    /** 49 tokens a picture. */
    WIDTH_192(192, 6, 144, 64, 7),
    /** 196 tokens a picture. */
    WIDTH_384(384, 6, 288, 16, 14);

    private final long width;
    private final int heads;
    private final long rank;
    private final long batch;
    private final long side;

    Size(long width, int heads, long rank, long batch, long side) {
      this.width = width;
      this.heads = heads;
      this.rank = rank;
      this.batch = batch;
      this.side = side;
    }
  }

  /** Which size. */
  @Param public Size size;

  /** Threads. */
  @Param({"1", "2"})
  public int threads;

  private Parallelism parallelism;
  private BlockKernel kernel;
  private FloatMemory weights;
  private FloatMemory gradients;
  private FloatTensor[] inputs;
  private FloatTensor[] errors;
  private FloatTensor output;
  private FloatTensor outputError;

  /** Makes the block and its input. */
  @Setup
  public void take() {
    ParameterLayout layout = layout();
    parallelism = Parallelism.of(threads);
    kernel = new BlockKernel(
            layout, new AttentionForm(size.heads, true, RopeOrder.ROW_COLUMN), true, false);
    weights = RandomMemory.of(layout.length(), 1 / Math.sqrt(size.width));
    gradients = FloatMemory.allocate(layout.length());
    inputs = inputs();
    errors = inputs();
    long[] tokens = {size.batch, size.side, size.side, size.width};
    output = RandomMemory.tensor(tokens);
    outputError = RandomMemory.tensor(tokens);
  }

  private FloatTensor[] inputs() {
    return new FloatTensor[] {
      RandomMemory.tensor(size.batch, size.side, size.side, size.width),
      RandomMemory.tensor(size.batch, size.width),
      RandomMemory.tensor(size.batch, size.width)
    };
  }

  private ParameterLayout layout() {
    long d = size.width;
    long hidden = d * 8 / 3;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("modW1", new long[] {d, 2 * size.rank});
    shapes.put("modb1", new long[] {2 * size.rank});
    shapes.put("modW2", new long[] {size.rank, 6 * d});
    shapes.put("modb2", new long[] {6 * d});
    shapes.put("qkvW", new long[] {d, 3 * d});
    shapes.put("qkvb", new long[] {3 * d});
    shapes.put("intervalW", new long[] {d, 3 * d});
    for (String norm : new String[] {"qNormGain", "qNormBias", "kNormGain", "kNormBias"}) {
      shapes.put(norm, new long[] {d / size.heads});
    }
    shapes.put("projW", new long[] {d, d});
    shapes.put("projb", new long[] {d});
    shapes.put("mlpW1", new long[] {d, 2 * hidden});
    shapes.put("mlpb1", new long[] {2 * hidden});
    shapes.put("mlpW2", new long[] {hidden, d});
    shapes.put("mlpb2", new long[] {d});
    return ParameterLayout.of(shapes);
  }

  /** Prediction without activations. */
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

  /** Ends the threads. */
  @TearDown
  public void close() {
    kernel.close();
    parallelism.close();
  }
}
