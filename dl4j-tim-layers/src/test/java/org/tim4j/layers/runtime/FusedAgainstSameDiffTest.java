package org.tim4j.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimOutput;
import org.tim4j.layers.base.TimRuntime;

/**
 * Random networks of every kind and of odd sizes: both runtimes in single precision against
 * SameDiff in double precision.
 */
class FusedAgainstSameDiffTest {
  private static final double OUTPUT_TOLERANCE = 2e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;

  /**
   * Part of the whole gradient's norm that is rounding anywhere, less than a quarter of a unit in
   * its last place. Some gradients are nothing else: that of a bias which the softmax takes out is
   * 0.
   */
  private static final double ROUNDING = 1e-8;

  /** Prediction, features (null without a head) and gradients by parameter. */
  private record Pass(double[] prediction, double[] features, Map<String, double[]> gradients) {
    double[] gradient() {
      return gradients.values().stream().flatMapToDouble(Arrays::stream).toArray();
    }
  }

  /** One random case with the errors that flow back from its outputs. */
  private static final class Passes {
    private final RandomCase random;
    private final INDArray parameters;
    private final INDArray predictionError;
    private final INDArray featureError;

    Passes(int number) {
      random = new RandomCase(number);
      parameters = random.parameters();
      TimOutput output =
          random.network(TimRuntime.FUSED, DataType.FLOAT, parameters).forward(random.input());
      predictionError = random.gaussians(output.prediction().shape());
      featureError = output.features() == null ? null : random.gaussians(output.features().shape());
    }

    Pass reference() {
      return run(TimRuntime.SAMEDIFF, DataType.DOUBLE);
    }

    Pass run(TimRuntime runtime) {
      return run(runtime, DataType.FLOAT);
    }

    private Pass run(TimRuntime runtime, DataType type) {
      TimNetwork network = random.network(runtime, type, parameters);
      double[] predicted = doubles(network.predict(random.input()));
      TimOutput output = network.forward(random.input());
      double[] prediction = doubles(output.prediction());
      double[] features = output.features() == null ? null : doubles(output.features());
      assertArrayEquals(prediction, predicted);
      INDArray error = featureError == null ? null : featureError.castTo(type);
      double[] gradient = doubles(network.backward(predictionError.castTo(type), error));
      return new Pass(prediction, features, byParameter(network, gradient));
    }

    /** In memory a vertex has its matrices before its vectors, unlike in the table. */
    private static Map<String, double[]> byParameter(TimNetwork network, double[] gradient) {
      Map<String, double[]> parts = new LinkedHashMap<>();
      network
          .parameterTable()
          .forEach(
              (name, values) -> {
                int from = Math.toIntExact(values.offset());
                int to = from + Math.toIntExact(values.length());
                parts.put(name, Arrays.copyOfRange(gradient, from, to));
              });
      assertEquals(gradient.length, parts.values().stream().mapToInt(p -> p.length).sum());
      return parts;
    }

    private static double[] doubles(INDArray array) {
      return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
  }

  // Case 38 has captions of a single feature.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 38})
  void outputsAndGradientsAgreeWithDoublePrecision(int number) {
    Passes passes = new Passes(number);
    Pass reference = passes.reference();
    Pass fused = passes.run(TimRuntime.FUSED);
    Pass sameDiff = passes.run(TimRuntime.SAMEDIFF);
    check(TimRuntime.FUSED, reference, fused);
    check(TimRuntime.SAMEDIFF, reference, sameDiff);
    checkAsAccurate(reference.prediction, fused.prediction, sameDiff.prediction);
    checkAsAccurate(reference.gradient(), fused.gradient(), sameDiff.gradient());
  }

  private static void check(TimRuntime runtime, Pass reference, Pass actual) {
    checkOutput(runtime, reference.prediction, actual.prediction);
    if (reference.features != null) {
      checkOutput(runtime, reference.features, actual.features);
    }
    double rounding = ROUNDING * norm(reference.gradient());
    reference.gradients.forEach(
        (name, expected) -> {
          double distance = distance(expected, actual.gradients.get(name));
          double size = norm(expected);
          assertTrue(
              distance <= GRADIENT_TOLERANCE * size + rounding,
              () -> runtime + ", " + name + ": distance " + distance + " of " + size);
        });
  }

  /** Errors are rounding, which is luck in a single case: within a factor they must be equal. */
  private static void checkAsAccurate(double[] exact, double[] fused, double[] sameDiff) {
    double bound = 5 * distance(exact, sameDiff) + 1e-7 * norm(exact);
    double error = distance(exact, fused);
    assertTrue(error <= bound, () -> "fused " + error + ", bound by SameDiff " + bound);
  }

  private static void checkOutput(TimRuntime runtime, double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = OUTPUT_TOLERANCE * (1 + Math.abs(expected[i]));
      assertEquals(expected[i], actual[i], tolerance, runtime.toString());
    }
  }

  private static double norm(double[] x) {
    return distance(x, new double[x.length]);
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }
}
