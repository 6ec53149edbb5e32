package org.tim4j.layers.kernel.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.layer.Batch;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.kernel.loops.Loops;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.TestArrays;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class BlockKernelTest {
  /** Sizes of one block and batch. */
  record Sizes(
      int width, int heads, int hidden, int rank, int batch, int gridHeight, int gridWidth) {
    int tokens() {
      return gridHeight * gridWidth;
    }
  }

  @ParameterizedTest
  @CsvSource({
    // width, heads, hidden, rank, batch, height, width, threads, qkNorm, distanceAware
    "16, 2, 21, 5, 3, 3, 5, 2, true, true",
    "8, 1, 10, 6, 5, 1, 1, 3, true, false",
    "24, 2, 32, 9, 1, 4, 2, 2, false, true",
    "16, 4, 10, 3, 2, 17, 17, 1, true, true",
  })
  void outputAndEveryGradientMatchTheReference(
      int width,
      int heads,
      int hidden,
      int rank,
      int batch,
      int gridHeight,
      int gridWidth,
      int threads,
      boolean qkNorm,
      boolean distanceAware) {
    Sizes sizes = new Sizes(width, heads, hidden, rank, batch, gridHeight, gridWidth);
    checkAgainstReference(sizes, Parallelism.of(threads), qkNorm, distanceAware);
    checkAgainstReference(sizes, Parallelism.of(threads, Loops.portable()), qkNorm, distanceAware);
  }

  private static void checkAgainstReference(
      Sizes sizes, Parallelism threads, boolean qkNorm, boolean distanceAware) {
    Fixture f = new Fixture(sizes, qkNorm, distanceAware);
    int batch = sizes.batch;
    int width = sizes.width;
    try (Parallelism parallelism = threads) {
      f.kernel.forward(parallelism, f.weights, Batch.of(f.inputs), f.output, Keep.ACTIVATIONS);
      double[][][] expected = f.reference();
      float[] actual = f.output.memory().toArray();
      for (int s = 0; s < batch; s++) {
        for (int i = 0; i < sizes.tokens(); i++) {
          for (int j = 0; j < width; j++) {
            double e = expected[s][i][j];
            assertEquals(e, actual[(s * sizes.tokens() + i) * width + j], 1e-5 * (1 + Math.abs(e)));
          }
        }
      }
      f.backward(parallelism, Keep.ACTIVATIONS);
      f.checkGradients();
    }
  }

  @Test
  void withoutActivationsTheBackwardMakesTheSameBits() {
    Fixture f = new Fixture(new Sizes(16, 2, 21, 5, 7, 3, 5), true, true);
    try (Parallelism parallelism = Parallelism.of(2)) {
      f.kernel.forward(parallelism, f.weights, Batch.of(f.inputs), f.output, Keep.ACTIVATIONS);
      float[] output = f.output.memory().toArray();
      f.backward(parallelism, Keep.ACTIVATIONS);
      float[] kept = f.gradients.toArray();
      float[] dx = f.errors[0].memory().toArray();
      f.kernel.forward(parallelism, f.weights, Batch.of(f.inputs), f.output, Keep.NOTHING);
      assertArrayEquals(output, f.output.memory().toArray());
      f.backward(parallelism, Keep.NOTHING);
      assertArrayEquals(kept, f.gradients.toArray());
      assertArrayEquals(dx, f.errors[0].memory().toArray());
    }
  }

  @Test
  void aSecondBackwardOfOneForwardMakesTheSameBits() {
    Fixture f = new Fixture(new Sizes(16, 2, 21, 5, 7, 3, 5), true, true);
    try (Parallelism parallelism = Parallelism.of(2)) {
      f.kernel.forward(parallelism, f.weights, Batch.of(f.inputs), f.output, Keep.ACTIVATIONS);
      f.backward(parallelism, Keep.ACTIVATIONS);
      float[] first = f.gradients.toArray();
      float[] dx = f.errors[0].memory().toArray();
      f.backward(parallelism, Keep.ACTIVATIONS);
      assertArrayEquals(first, f.gradients.toArray());
      assertArrayEquals(dx, f.errors[0].memory().toArray());
    }
  }

  @Test
  void errorsMayBePassedOnInPlace() {
    Fixture f = new Fixture(new Sizes(16, 2, 21, 5, 4, 2, 3), true, true);
    try (Parallelism parallelism = Parallelism.of(1)) {
      f.kernel.forward(parallelism, f.weights, Batch.of(f.inputs), f.output, Keep.ACTIVATIONS);
      f.backward(parallelism, Keep.ACTIVATIONS);
      float[] apart = f.errors[0].memory().toArray();
      f.errors[0] = f.outputError;
      f.backward(parallelism, Keep.ACTIVATIONS);
      assertArrayEquals(apart, f.errors[0].memory().toArray());
    }
  }

  /** A block with random parameters, inputs and output error. */
  private static final class Fixture {
    private static final double STEP = 1e-5;

    private final Sizes sizes;
    private final BlockKernel kernel;
    private final Map<String, double[]> parameters = new LinkedHashMap<>();
    private final FloatMemory weights;
    private final FloatMemory gradients;
    private final FloatTensor[] inputs;
    private final FloatTensor[] errors;
    private final FloatTensor output;
    private final FloatTensor outputError;

    Fixture(Sizes z, boolean qkNorm, boolean distanceAware) {
      sizes = z;
      Map<String, long[]> shapes = shapes(z, qkNorm, distanceAware);
      ParameterLayout layout = ParameterLayout.of(shapes);
      kernel =
          new BlockKernel(
              layout,
              new AttentionForm(z.heads, qkNorm, RopeOrder.ROW_COLUMN),
              distanceAware,
              false);
      RandomStream random = RandomStream.of(7, 0, Purpose.PARAMETERS);
      weights = FloatMemory.allocate(layout.length());
      gradients = FloatMemory.allocate(layout.length());
      float[] all = TestArrays.fill(weights, random, 0.3);
      shapes.forEach(
          (name, shape) ->
              parameters.put(
                  name,
                  TestArrays.slice(all, layout.offset(name), (int) FloatTensor.count(shape))));
      long[] tokens = {z.batch, z.gridHeight, z.gridWidth, z.width};
      inputs = tensors(z, tokens, distanceAware);
      errors = tensors(z, tokens, distanceAware);
      output = tensor(tokens);
      outputError = tensor(tokens);
      for (FloatTensor input : inputs) {
        TestArrays.fill(input.memory(), random, 1);
      }
      TestArrays.fill(outputError.memory(), random, 1);
    }

    private static FloatTensor[] tensors(Sizes z, long[] tokens, boolean distanceAware) {
      FloatTensor condition = tensor(z.batch, z.width);
      return distanceAware
          ? new FloatTensor[] {tensor(tokens), condition, tensor(z.batch, z.width)}
          : new FloatTensor[] {tensor(tokens), condition};
    }

    private static FloatTensor tensor(long... shape) {
      return FloatTensor.zeros(shape);
    }

    private static Map<String, long[]> shapes(Sizes z, boolean qkNorm, boolean distanceAware) {
      long d = z.width;
      Map<String, long[]> shapes = new LinkedHashMap<>();
      shapes.put("modW1", new long[] {d, 2L * z.rank});
      shapes.put("modb1", new long[] {2L * z.rank});
      shapes.put("modW2", new long[] {z.rank, 6 * d});
      shapes.put("modb2", new long[] {6 * d});
      shapes.put("qkvW", new long[] {d, 3 * d});
      shapes.put("qkvb", new long[] {3 * d});
      if (distanceAware) {
        shapes.put("intervalW", new long[] {d, 3 * d});
      }
      if (qkNorm) {
        for (String name : new String[] {"qNormGain", "qNormBias", "kNormGain", "kNormBias"}) {
          shapes.put(name, new long[] {d / z.heads});
        }
      }
      shapes.put("projW", new long[] {d, d});
      shapes.put("projb", new long[] {d});
      shapes.put("mlpW1", new long[] {d, 2L * z.hidden});
      shapes.put("mlpb1", new long[] {2L * z.hidden});
      shapes.put("mlpW2", new long[] {z.hidden, d});
      shapes.put("mlpb2", new long[] {d});
      return shapes;
    }

    void backward(Parallelism parallelism, Keep kept) {
      kernel.backward(parallelism, weights, gradients, Batch.of(inputs), outputError, errors, kept);
    }

    double[][][] reference() {
      double[][][] out = new double[sizes.batch][][];
      for (int s = 0; s < sizes.batch; s++) {
        out[s] = sample(s, inputs());
      }
      return out;
    }

    private double[][] inputs() {
      double[][] all = new double[inputs.length][];
      for (int i = 0; i < all.length; i++) {
        all[i] = TestArrays.doubles(inputs[i].memory());
      }
      return all;
    }

    private double[][] sample(int s, double[][] in) {
      int tokens = sizes.tokens();
      int d = sizes.width;
      double[][] x = new double[tokens][];
      for (int i = 0; i < tokens; i++) {
        x[i] = Arrays.copyOfRange(in[0], (s * tokens + i) * d, (s * tokens + i + 1) * d);
      }
      double[] c = Arrays.copyOfRange(in[1], s * d, (s + 1) * d);
      double[] delta = in.length < 3 ? null : Arrays.copyOfRange(in[2], s * d, (s + 1) * d);
      return new ReferenceBlock(parameters, sizes.heads, sizes.gridWidth).forward(x, c, delta);
    }

    /** Σ output ⊙ outputError over the samples in question. */
    private double loss(double[][] in, int from, int to) {
      double[] error = TestArrays.doubles(outputError.memory());
      double loss = 0;
      for (int s = from; s < to; s++) {
        double[][] y = sample(s, in);
        for (int i = 0; i < y.length; i++) {
          for (int j = 0; j < sizes.width; j++) {
            loss += y[i][j] * error[(s * sizes.tokens() + i) * sizes.width + j];
          }
        }
      }
      return loss;
    }

    void checkGradients() {
      SplittableRandom pick = new SplittableRandom(3);
      float[] all = gradients.toArray();
      double[][] in = inputs();
      parameters.forEach(
          (name, values) -> {
            long offset = kernel.parameters().offset(name);
            double norm = TestArrays.norm(all, offset, values.length);
            for (int n = 0; n < 6; n++) {
              int i = pick.nextInt(values.length);
              double expected = difference(values, i, () -> loss(in, 0, sizes.batch));
              check(name, expected, all[(int) offset + i], norm / Math.sqrt(values.length));
            }
          });
      for (int k = 0; k < inputs.length; k++) {
        float[] error = errors[k].memory().toArray();
        for (int n = 0; n < 6; n++) {
          int i = pick.nextInt(error.length);
          int sample = i / (error.length / sizes.batch);
          double expected = difference(in[k], i, () -> loss(in, sample, sample + 1));
          check("input " + k, expected, error[i], 1);
        }
      }
    }

    private static double difference(double[] values, int i, DoubleSupplier loss) {
      double before = values[i];
      values[i] = before + STEP;
      double up = loss.getAsDouble();
      values[i] = before - STEP;
      double down = loss.getAsDouble();
      values[i] = before;
      return (up - down) / (2 * STEP);
    }

    private static void check(String name, double expected, double actual, double typical) {
      double scale = Math.max(Math.abs(expected), typical);
      assertTrue(
          Math.abs(expected - actual) <= 1e-4 * scale + 1e-6,
          () -> name + ": expected " + expected + ", was " + actual);
    }
  }
}
