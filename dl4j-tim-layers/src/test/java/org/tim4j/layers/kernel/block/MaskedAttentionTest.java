package org.tim4j.layers.kernel.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.RopeOrder;
import org.tim4j.layers.kernel.attention.AttentionForm;
import org.tim4j.layers.kernel.layer.AttentionKernel;
import org.tim4j.layers.kernel.layer.Batch;
import org.tim4j.layers.kernel.layer.CrossAttentionKernel;
import org.tim4j.layers.kernel.layer.Keep;
import org.tim4j.layers.kernel.layer.Kernel;
import org.tim4j.layers.kernel.memory.FloatMemory;
import org.tim4j.layers.kernel.memory.FloatTensor;
import org.tim4j.layers.kernel.memory.ParameterLayout;
import org.tim4j.layers.kernel.memory.TestArrays;
import org.tim4j.layers.kernel.thread.Parallelism;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Attention with masks against the same attention to what the mask leaves. */
class MaskedAttentionTest {
  private static final int TOKENS = 0;
  private static final double TOLERANCE = 3e-5;
  private static final float STEP = 0.02f;

  private final RandomStream random = RandomStream.of(3, 0, Purpose.EVALUATION);

  /** A layer with attention, and which of its inputs have a mask. */
  private enum Layer {
    SELF(TOKENS),
    CROSS(1),
    BLOCK(TOKENS, 2);

    private final int[] masked;

    Layer(int... masked) {
      this.masked = masked;
    }

    private boolean masksTokens() {
      return masked[0] == TOKENS;
    }

    Kernel kernel(ParameterLayout layout, int heads) {
      AttentionForm form = new AttentionForm(heads, true, RopeOrder.ROW_COLUMN);
      return switch (this) {
        case SELF -> new AttentionKernel(layout, form, true);
        case CROSS -> new CrossAttentionKernel(layout, "", form);
        case BLOCK -> new BlockKernel(layout, form, false, true);
      };
    }

    Map<String, long[]> shapes(long d, int heads) {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      if (this != CROSS) {
        shapes.put("qkvW", new long[] {d, 3 * d});
        shapes.put("qkvb", new long[] {3 * d});
      }
      if (this == SELF) {
        shapes.put("intervalW", new long[] {d, 3 * d});
      }
      if (this == BLOCK) {
        shapes.put("modW1", new long[] {d, 6});
        shapes.put("modb1", new long[] {6});
        shapes.put("modW2", new long[] {3, 9 * d});
        shapes.put("modb2", new long[] {9 * d});
        shapes.put("mlpW1", new long[] {d, 10});
        shapes.put("mlpb1", new long[] {10});
        shapes.put("mlpW2", new long[] {5, d});
        shapes.put("mlpb2", new long[] {d});
        attention("", d, heads, shapes);
      }
      if (this != SELF) {
        String prefix = this == BLOCK ? "cross" : "";
        shapes.put(prefix + "qW", new long[] {d, d});
        shapes.put(prefix + "qb", new long[] {d});
        shapes.put(prefix + "kvW", new long[] {d, 2 * d});
        shapes.put(prefix + "kvb", new long[] {2 * d});
        attention(prefix, d, heads, shapes);
      } else {
        attention("", d, heads, shapes);
      }
      return shapes;
    }

    private static void attention(String prefix, long d, int heads, Map<String, long[]> shapes) {
      for (String norm : new String[] {"qNormGain", "qNormBias", "kNormGain", "kNormBias"}) {
        shapes.put(prefix + norm, new long[] {d / heads});
      }
      shapes.put(prefix + "projW", new long[] {d, d});
      shapes.put(prefix + "projb", new long[] {d});
    }

    long[][] inputs(long batch, long d, long tokens, long length) {
      return switch (this) {
        case SELF -> new long[][] {{batch, tokens, d}, {batch, d}};
        case CROSS -> new long[][] {{batch, tokens, d}, {batch, length, d}};
        case BLOCK -> new long[][] {{batch, tokens, d}, {batch, d}, {batch, length, d}};
      };
    }
  }

  private record Result(FloatTensor output, FloatTensor[] errors, float[] gradients) {}

  /** A layer with parameters; masks may leave samples without a key. */
  private final class Fixture {
    private final Layer layer;
    private final int heads;
    private final ParameterLayout layout;
    private final FloatMemory weights;
    private final FloatTensor[] inputs;
    private final FloatTensor[] masks;
    private final FloatTensor outputError;

    Fixture(Layer layer, int batch, int heads, int width, int tokens, int length) {
      this.layer = layer;
      this.heads = heads;
      layout = ParameterLayout.of(layer.shapes(width, heads));
      weights = FloatMemory.allocate(layout.length());
      TestArrays.fill(weights, random, 0.4);
      inputs = normal(layer.inputs(batch, width, tokens, length));
      outputError = normal(inputs[TOKENS].shape())[0];
      masks = new FloatTensor[inputs.length];
      for (int i : layer.masked) {
        masks[i] = FloatTensor.zeros(batch, inputs[i].size(1));
        for (int k = 0; k < masks[i].length(); k++) {
          boolean allowed = k % masks[i].size(1) == 0 || random.nextDouble() < 0.6;
          masks[i].memory().write(k, new float[] {allowed ? 1 : 0}, 1);
        }
      }
      if (layer.masksTokens()) {
        forbiddenRows(TOKENS, new float[width], outputError);
      }
    }

    private FloatTensor[] normal(long[]... shapes) {
      return Arrays.stream(shapes)
          .map(
              shape -> {
                FloatTensor tensor = FloatTensor.zeros(shape);
                TestArrays.fill(tensor.memory(), random, 1);
                return tensor;
              })
          .toArray(FloatTensor[]::new);
    }

    private boolean allowed(int input, int token) {
      float[] one = new float[1];
      masks[input].memory().read(token, one, 1);
      return one[0] != 0;
    }

    /** Overwrites what the mask of an input forbids. */
    private void forbiddenRows(int input, float[] row, FloatTensor target) {
      for (int k = 0; k < masks[input].length(); k++) {
        if (!allowed(input, k)) {
          target.rows().write(k, row);
        }
      }
    }

    private void forbidAll(int sample) {
      int input = layer.masked[0];
      int keys = inputs[input].size(1);
      masks[input].memory().zero((long) sample * keys, keys);
      if (layer.masksTokens()) {
        forbiddenRows(TOKENS, new float[inputs[TOKENS].size(2)], outputError);
      }
    }

    Result run(int threads, Keep keep) {
      return run(threads, keep, new Batch(inputs, masks), outputError);
    }

    private Result run(int threads, Keep keep, Batch batch, FloatTensor error) {
      FloatTensor output = FloatTensor.zeros(batch.inputs()[TOKENS].shape());
      FloatMemory gradients = FloatMemory.allocate(layout.length());
      FloatTensor[] errors =
          Arrays.stream(batch.inputs())
              .map(input -> FloatTensor.zeros(input.shape()))
              .toArray(FloatTensor[]::new);
      try (Parallelism parallelism = Parallelism.of(threads);
          Kernel kernel = layer.kernel(layout, heads)) {
        kernel.forward(parallelism, weights, batch, output, keep);
        kernel.backward(parallelism, weights, gradients, batch, error, errors, keep);
      }
      return new Result(output, errors, gradients.toArray());
    }

    /** What the errors at the output are the derivative of. */
    private double loss() {
      float[] output = run(1, Keep.NOTHING).output.memory().toArray();
      float[] error = outputError.memory().toArray();
      double sum = 0;
      for (int i = 0; i < output.length; i++) {
        sum += (double) output[i] * error[i];
      }
      return sum;
    }

    /** Change of the loss for a unit step of some memory in a direction. */
    private double slope(FloatMemory memory, float[] direction) {
      float[] before = memory.toArray();
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = before.clone();
        for (int i = 0; i < moved.length; i++) {
          moved[i] += (side == 0 ? -STEP : STEP) * direction[i];
        }
        memory.write(0, moved, moved.length);
        losses[side] = loss();
      }
      memory.write(0, before, before.length);
      return (losses[1] - losses[0]) / (2 * STEP);
    }

    /** A random direction, the derivative along it by differences, and by the gradient. */
    private void assertSlope(FloatMemory memory, float[] gradient) {
      float[] direction = new float[memory.length()];
      double expected = 0;
      double size = 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] = (float) (random.nextGaussian() / Math.sqrt(direction.length));
        expected += (double) direction[i] * gradient[i];
        size += (double) gradient[i] * gradient[i] / direction.length;
      }
      assertEquals(expected, slope(memory, direction), 3e-3 * Math.sqrt(size) + 1e-3);
    }

    /** Rows of one sample that the mask of an input allows; all of an input without a mask. */
    private int[] kept(int input, int sample) {
      int rows = inputs[input].rows().rows() / inputs[input].size(0);
      return IntStream.range(sample * rows, (sample + 1) * rows)
          .filter(k -> masks[input] == null || allowed(input, k))
          .toArray();
    }

    private FloatTensor pick(FloatTensor from, int[] rows) {
      int width = from.rows().columns();
      FloatTensor picked =
          from.shape().length == 2
              ? FloatTensor.zeros(1, width)
              : FloatTensor.zeros(1, rows.length, width);
      float[] row = new float[width];
      for (int i = 0; i < rows.length; i++) {
        from.rows().read(rows[i], row);
        picked.rows().write(i, row);
      }
      return picked;
    }

    /** One sample with what its masks allow alone. */
    Result runShort(int sample) {
      FloatTensor[] few = new FloatTensor[inputs.length];
      for (int i = 0; i < few.length; i++) {
        few[i] = pick(inputs[i], kept(i, sample));
      }
      FloatTensor error = pick(outputError, kept(TOKENS, sample));
      return run(1, Keep.NOTHING, Batch.of(few), error);
    }
  }

  private static void assertClose(float[] expected, float[] actual, double scale) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * (scale + Math.abs(expected[i])));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SELF, 5, 2, 8, 7, 0",
    "SELF, 3, 3, 24, 16, 0",
    "SELF, 2, 1, 8, 300, 0",
    "CROSS, 5, 2, 8, 7, 5",
    "CROSS, 2, 2, 8, 20, 600",
    "CROSS, 3, 1, 4, 1, 17",
    "BLOCK, 4, 2, 16, 9, 6",
    "BLOCK, 2, 1, 8, 270, 33"
  })
  void isAttentionToWhatTheMaskLeaves(
      Layer layer, int batch, int heads, int width, int tokens, int length) {
    Fixture f = new Fixture(layer, batch, heads, width, tokens, length);
    Result kept = f.run(1, Keep.ACTIVATIONS);
    Result again = f.run(2, Keep.NOTHING);
    assertClose(kept.output.memory().toArray(), again.output.memory().toArray(), 1);
    float[] gradients = new float[kept.gradients.length];
    for (int s = 0; s < batch; s++) {
      Result few = f.runShort(s);
      float[] output = f.pick(kept.output, f.kept(TOKENS, s)).memory().toArray();
      assertClose(few.output.memory().toArray(), output, 1);
      for (int i = 0; i < few.errors.length; i++) {
        float[] errors = f.pick(kept.errors[i], f.kept(i, s)).memory().toArray();
        assertClose(few.errors[i].memory().toArray(), errors, 3);
      }
      for (int j = 0; j < gradients.length; j++) {
        gradients[j] += few.gradients[j];
      }
    }
    assertClose(gradients, kept.gradients, 10);
    assertClose(gradients, again.gradients, 10);
  }

  @ParameterizedTest
  @CsvSource({
    "SELF, 3, 2, 8, 7, 0",
    "SELF, 2, 1, 8, 270, 0",
    "CROSS, 3, 2, 8, 7, 5",
    "CROSS, 2, 1, 8, 6, 300",
    "BLOCK, 3, 2, 16, 9, 6"
  })
  void whatIsMaskedDoesNotChangeABit(
      Layer layer, int batch, int heads, int width, int tokens, int length) {
    Fixture f = new Fixture(layer, batch, heads, width, tokens, length);
    Result before = f.run(1, Keep.ACTIVATIONS);
    for (int i : layer.masked) {
      float[] far = new float[width];
      for (int d = 0; d < width; d++) {
        far[d] = (float) (100 * random.nextGaussian());
      }
      f.forbiddenRows(i, far, f.inputs[i]);
    }
    Result after = f.run(1, Keep.ACTIVATIONS);
    for (int s = 0; s < batch; s++) {
      int[] allowed = f.kept(TOKENS, s);
      assertArrayEquals(
          f.pick(before.output, allowed).memory().toArray(),
          f.pick(after.output, allowed).memory().toArray());
    }
    assertArrayEquals(before.gradients, after.gradients);
    for (int i : layer.masked) {
      for (int k = 0; k < f.masks[i].length(); k++) {
        if (!f.allowed(i, k)) {
          float[] row = new float[width];
          after.errors[i].rows().read(k, row);
          assertArrayEquals(new float[width], row, "error at masked row " + k);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SELF, 7, 0", "SELF, 270, 0", "CROSS, 7, 5", "CROSS, 300, 280"})
  void aSampleWithoutKeysIsZeroBeforeTheProjection(Layer layer, int tokens, int length) {
    Fixture f = new Fixture(layer, 3, 2, 8, tokens, length);
    f.forbidAll(1);
    Result result = f.run(1, Keep.ACTIVATIONS);
    float[] bias = new float[8];
    f.weights.read(f.layout.offset("projb"), bias, 8);
    float[] row = new float[8];
    for (int i = tokens; i < 2 * tokens; i++) {
      result.output.rows().read(i, row);
      assertArrayEquals(bias, row);
      result.errors[TOKENS].rows().read(i, row);
      assertArrayEquals(new float[8], row);
    }
    for (float gradient : result.gradients) {
      assertEquals(true, Float.isFinite(gradient));
    }
    Result other = f.runShort(2);
    float[] output = f.pick(result.output, f.kept(TOKENS, 2)).memory().toArray();
    assertClose(other.output.memory().toArray(), output, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "SELF, 3, 2, 8, 7, 0, 1",
    "SELF, 2, 2, 8, 260, 0, -1",
    "CROSS, 3, 2, 8, 7, 5, 1",
    "CROSS, 2, 2, 8, 5, 300, -1",
    "BLOCK, 3, 2, 16, 9, 6, -1"
  })
  void gradientsAreFiniteDifferences(
      Layer layer, int batch, int heads, int width, int tokens, int length, int empty) {
    Fixture f = new Fixture(layer, batch, heads, width, tokens, length);
    if (empty >= 0) {
      f.forbidAll(empty);
    }
    Result result = f.run(1, Keep.ACTIVATIONS);
    f.assertSlope(f.weights, result.gradients);
    for (int i = 0; i < f.inputs.length; i++) {
      f.assertSlope(f.inputs[i].memory(), result.errors[i].memory().toArray());
    }
  }

  @Test
  void refusesAMaskOfAnotherLength() {
    Fixture f = new Fixture(Layer.CROSS, 2, 2, 8, 3, 5);
    f.masks[1] = FloatTensor.zeros(2, 4);
    assertThrows(InvalidInputException.class, () -> f.run(1, Keep.NOTHING));
    f.masks[1] = FloatTensor.zeros(1, 10);
    assertThrows(InvalidInputException.class, () -> f.run(1, Keep.NOTHING));
  }
}
