package org.tim4j.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.TimRuntime;
import org.tim4j.layers.attention.RopeOrder;
import org.tim4j.layers.embedding.IntervalCondition;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Random networks of every kind and of odd sizes on both runtimes. */
class FusedAgainstSameDiffTest {
  /** One random network with its input, drawn from the stream of a case number. */
  private static final class Case {
    private final RandomStream random;
    private final int batch;
    private final TimNetworkConfig config;
    private final TimInput input;

    Case(int number) {
      random = RandomStream.of(11, number, Purpose.EVALUATION);
      int heads = 1 + random.nextInt(3);
      int channels = 1 + random.nextInt(4);
      boolean image = number % 5 != 4;
      int patch = image ? 1 + random.nextInt(3) : 1;
      int depth = 1 + random.nextInt(2);
      batch = 1 + random.nextInt(6);
      Condition condition = condition(number);
      TimNetworkConfig.Builder builder =
          TimNetworkConfig.builder()
              .inputKind(image ? InputKind.IMAGE : InputKind.TOKENS)
              .channels(channels)
              .patch(patch)
              .hidden(heads * 4 * (1 + random.nextInt(4)))
              .heads(heads)
              .depth(depth)
              .mlpRatio(1 + 3 * random.nextDouble())
              .modulationRank(1 + random.nextInt(9))
              .condition(condition)
              .qkNorm(random.nextBoolean())
              .distanceAware(random.nextBoolean())
              .separateIntervalEmbedding(random.nextBoolean())
              .intervalCondition(
                  IntervalCondition.values()[number % IntervalCondition.values().length])
              .ropeOrder(random.nextBoolean() ? RopeOrder.OFFICIAL : RopeOrder.ROW_COLUMN);
      if (random.nextBoolean()) {
        int after = 1 + random.nextInt(depth);
        builder.representation(
            new RepresentationAlignment(after, 3 + random.nextInt(9), 2 + random.nextInt(7)));
      }
      config = builder.build();
      long rows = 1 + random.nextInt(5);
      long columns = 1 + random.nextInt(5);
      long[] shape =
          image
              ? new long[] {batch, channels, rows * patch, columns * patch}
              : new long[] {batch, rows * columns, channels};
      INDArray t = random.gaussians(DataType.FLOAT, batch, 1);
      INDArray r = random.gaussians(DataType.FLOAT, batch, 1);
      input = new TimInput(random.gaussians(DataType.FLOAT, shape), t, r, conditionArray());
    }

    private Condition condition(int number) {
      return switch (number % 4) {
        case 0 -> new Condition.Classes(1 + random.nextInt(5), true);
        case 1 -> new Condition.Vector(1 + random.nextInt(5));
        case 2 -> new Condition.Caption(1 + random.nextInt(7));
        default -> new Condition.None();
      };
    }

    private INDArray conditionArray() {
      if (config.condition() instanceof Condition.Classes classes) {
        INDArray labels = Nd4j.create(DataType.FLOAT, batch, 1);
        for (int i = 0; i < batch; i++) {
          labels.putScalar(i, 0, random.nextInt(classes.count() + 1));
        }
        return labels;
      }
      if (config.condition() instanceof Condition.Vector vector) {
        return random.gaussians(DataType.FLOAT, batch, vector.size());
      }
      if (config.condition() instanceof Condition.Caption caption) {
        return random.gaussians(DataType.FLOAT, batch, 1 + random.nextInt(5), caption.features());
      }
      return null;
    }

    TimNetwork network(TimRuntime runtime, INDArray parameters) {
      TimNetwork network = TimNetwork.create(config.toBuilder().runtime(runtime).build(), 1);
      network.parameters().assign(parameters);
      return network;
    }

    /** Parameters of such a size that every part of the network matters. */
    INDArray parameters() {
      return random.gaussians(DataType.FLOAT, config.parameterCount()).muli(0.1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void outputsAndGradientsAgree(int number) {
    Case random = new Case(number);
    INDArray parameters = random.parameters();
    TimNetwork fused = random.network(TimRuntime.FUSED, parameters);
    TimNetwork sameDiff = random.network(TimRuntime.SAMEDIFF, parameters);
    TimOutput expected = sameDiff.forward(random.input);
    TimOutput actual = fused.forward(random.input);
    assertClose(expected.prediction(), actual.prediction());
    assertClose(expected.prediction(), fused.predict(random.input));
    INDArray error = random.random.gaussians(DataType.FLOAT, expected.prediction().shape());
    INDArray featureError = null;
    if (expected.features() != null) {
      assertClose(expected.features(), actual.features());
      featureError = random.random.gaussians(DataType.FLOAT, expected.features().shape());
    }
    fused.forward(random.input);
    INDArray gradient = fused.backward(error, featureError).dup();
    INDArray reference = sameDiff.backward(error, featureError);
    checkGradients(fused, gradient, reference);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertEquals(expected.shapeInfoToString(), actual.shapeInfoToString());
    float[] e = expected.dup('c').data().asFloat();
    float[] a = actual.dup('c').data().asFloat();
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 2e-5 * (1 + Math.abs(e[i])));
    }
  }

  private static void checkGradients(TimNetwork network, INDArray actual, INDArray expected) {
    float[] a = actual.dup().data().asFloat();
    float[] e = expected.dup().data().asFloat();
    double whole = norm(e, null, 0, e.length) / Math.sqrt(e.length);
    int from = 0;
    for (Map.Entry<String, INDArray> parameter : network.parameterTable().entrySet()) {
      int length = (int) parameter.getValue().length();
      double distance = norm(e, a, from, length);
      // A gradient that is all but zero, such as that of a bias before a normalisation, is
      // rounding: it is measured against the others.
      double size = norm(e, null, from, length) + 1e-2 * whole * Math.sqrt(length);
      assertTrue(
          distance <= 1e-4 * size,
          () -> parameter.getKey() + ": distance " + distance + " of " + size);
      from += length;
    }
    assertEquals(e.length, from);
  }

  /** Norm of a part of {@code x}, or of its distance to {@code y}. */
  private static double norm(float[] x, float[] y, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      double d = y == null ? x[i] : (double) x[i] - y[i];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
