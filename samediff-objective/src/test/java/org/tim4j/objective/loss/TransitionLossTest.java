package org.tim4j.objective.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.objective.Golden;
import org.tim4j.objective.NonFiniteException;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.array.Doubles;
import org.tim4j.objective.interval.IntervalWeighting;
import org.tim4j.objective.interval.Intervals;
import org.tim4j.objective.interval.TimeWarp;
import org.tim4j.objective.transport.OtFlowMatching;

class TransitionLossTest {
  private static final OtFlowMatching FLOW = OtFlowMatching.standard();
  private static final Intervals INTERVALS =
      new Intervals(new double[] {0.4, 0.9, 0.6}, new double[] {0.4, 0.2, 0}, 1);

  private static INDArray random(int step, DataType type, long... shape) {
    return RandomStream.of(6, step, Purpose.NOISE).gaussians(type, shape);
  }

  private static TransitionLoss loss(DirectionalPart part, SampleScale scale) {
    return new TransitionLoss(IntervalWeighting.standard(), part, scale);
  }

  /** Interval weight and adaptive scale are constants, so they multiply the plain gradient. */
  @ParameterizedTest
  @EnumSource(DirectionalPart.class)
  void theGradientIsThatOfTheWeightedDistance(DirectionalPart part) {
    INDArray f = random(0, DataType.DOUBLE, 3, 2, 3, 2);
    INDArray target = random(1, DataType.DOUBLE, 3, 2, 3, 2);
    TransitionLossValue value =
        loss(part, SampleScale.ADAPTIVE).evaluate(FLOW, INTERVALS, f, target);
    double width = 1e-5;
    for (int j = 0; j < f.length(); j++) {
      int i = j / 12;
      INDArray above = f.dup();
      INDArray below = f.dup();
      above.putScalar(j, above.getDouble(j) + width);
      below.putScalar(j, below.getDouble(j) - width);
      TransitionLoss plain = loss(part, SampleScale.NONE);
      double slope =
          (plain.evaluate(FLOW, INTERVALS, above, target).distance(i)
                  - plain.evaluate(FLOW, INTERVALS, below, target).distance(i))
              / (2 * width);
      double expected = slope * value.intervalWeight()[i] * value.sampleScale()[i] / 3;
      assertEquals(expected, value.gradient().getDouble(j), 1e-9, part + " at " + j);
    }
  }

  @Test
  void theFiguresAreThoseOfTheFormulas() {
    INDArray f = random(0, DataType.DOUBLE, 3, 2, 1, 1);
    INDArray target = random(1, DataType.DOUBLE, 3, 2, 1, 1);
    TransitionLossValue value =
        loss(DirectionalPart.CHANNELS, SampleScale.ADAPTIVE).evaluate(FLOW, INTERVALS, f, target);
    double sum = 0;
    double denoising = 0;
    for (int i = 0; i < 3; i++) {
      double a = f.getDouble(i, 0, 0, 0);
      double b = f.getDouble(i, 1, 0, 0);
      double c = target.getDouble(i, 0, 0, 0);
      double d = target.getDouble(i, 1, 0, 0);
      double squared = ((a - c) * (a - c) + (b - d) * (b - d)) / 2;
      double cosine = (a * c + b * d) / (Math.hypot(a, b) * Math.hypot(c, d));
      double distance = squared + 1 - cosine;
      double t = INTERVALS.t()[i];
      double r = INTERVALS.r()[i];
      double weight = 1 / Math.sqrt(1 + Math.tan(t) - Math.tan(r));
      assertEquals(squared, value.squaredError()[i], 1e-14);
      assertEquals(1 - cosine, value.directional()[i], 1e-14);
      assertEquals(weight, value.intervalWeight()[i], 1e-14);
      assertEquals(1 / (distance + 1e-5), value.sampleScale()[i], 1e-12);
      sum += weight * distance / (distance + 1e-5);
      denoising += distance;
    }
    assertEquals(sum / 3, value.weighted(), 1e-14);
    assertEquals(denoising / 3, value.denoising(), 1e-14);
  }

  @Test
  void oneChannelMakesTheChannelCosineInert() {
    INDArray f = random(0, DataType.DOUBLE, 3, 1, 3, 3);
    INDArray target = random(1, DataType.DOUBLE, 3, 1, 3, 3);
    INDArray plain =
        loss(DirectionalPart.NONE, SampleScale.NONE)
            .evaluate(FLOW, INTERVALS, f, target)
            .gradient();
    INDArray channels =
        loss(DirectionalPart.CHANNELS, SampleScale.NONE)
            .evaluate(FLOW, INTERVALS, f, target)
            .gradient();
    INDArray flattened =
        loss(DirectionalPart.FLATTENED, SampleScale.NONE)
            .evaluate(FLOW, INTERVALS, f, target)
            .gradient();
    Golden.assertClose("channel cosine", plain, channels, 1e-14);
    assertTrue(plain.sub(flattened).norm2Number().doubleValue() > 1e-3);
    assertEquals(DirectionalPart.FLATTENED, DirectionalPart.forChannels(1));
    assertEquals(DirectionalPart.CHANNELS, DirectionalPart.forChannels(4));
  }

  @Test
  void aZeroPredictionHasAFiniteGradient() {
    INDArray f = random(0, DataType.FLOAT, 3, 2, 2, 2).muli(0);
    INDArray target = random(1, DataType.FLOAT, 3, 2, 2, 2);
    for (DirectionalPart part : DirectionalPart.values()) {
      TransitionLossValue value =
          loss(part, SampleScale.ADAPTIVE).evaluate(FLOW, INTERVALS, f, target);
      assertEquals(DataType.FLOAT, value.gradient().dataType());
      assertTrue(Double.isFinite(value.gradient().sumNumber().doubleValue()));
      assertEquals(part == DirectionalPart.NONE ? 0 : 1, value.directional()[0], 1e-12);
    }
  }

  @Test
  void numbersThatAreNotFiniteAreReportedAndNeverReplaced() {
    INDArray f = random(0, DataType.DOUBLE, 3, 1, 2, 2);
    INDArray target = random(1, DataType.DOUBLE, 3, 1, 2, 2);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      INDArray broken = f.dup();
      broken.putScalar(9, bad);
      NonFiniteException failure =
          assertThrows(
              NonFiniteException.class,
              () -> TransitionLoss.standard(1).evaluate(FLOW, INTERVALS, broken, target));
      assertEquals(2, failure.sample());
      assertEquals(0.6, failure.t());
      assertEquals(0, failure.r());
      assertTrue(failure.getMessage().contains("OtFlowMatching"));
      InvalidInputException refusal =
          assertThrows(
              InvalidInputException.class,
              () -> new TransitionBatch(broken, target, INTERVALS, null));
      assertTrue(refusal.getMessage().contains("sample 2"), refusal.getMessage());
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    INDArray f = random(0, DataType.DOUBLE, 3, 4);
    assertThrows(
        InvalidInputException.class,
        () -> TransitionLoss.standard(1).evaluate(FLOW, INTERVALS, f, f.reshape(3, 2, 2)));
    assertThrows(
        InvalidInputException.class,
        () -> loss(DirectionalPart.CHANNELS, SampleScale.NONE).evaluate(FLOW, INTERVALS, f, f));
    INDArray small = random(0, DataType.DOUBLE, 2, 4);
    assertThrows(
        InvalidInputException.class,
        () -> TransitionLoss.standard(1).evaluate(FLOW, INTERVALS, small, small));
  }

  @Test
  void aWarpThatDoesNotFitTheTimesIsRefused() {
    Intervals beyond = new Intervals(new double[] {80}, new double[] {2}, 0);
    IntervalWeighting tangent = IntervalWeighting.power(-0.5, TimeWarp.TANGENT);
    assertThrows(InvalidInputException.class, () -> tangent.weights(beyond, 0.5));
  }

  @Test
  void representationAlignmentHasTheGradientOfItsValue() {
    RepresentationAlignment alignment = new RepresentationAlignment(0.5);
    INDArray h = random(0, DataType.DOUBLE, 2, 3, 4);
    INDArray features = random(1, DataType.DOUBLE, 2, 3, 4);
    RepresentationAlignment.Value value = alignment.evaluate(h, features);
    double[] gradient = Doubles.of(value.gradient());
    double width = 1e-5;
    for (int j = 0; j < gradient.length; j++) {
      INDArray above = h.dup();
      INDArray below = h.dup();
      above.putScalar(j, above.getDouble(j) + width);
      below.putScalar(j, below.getDouble(j) - width);
      double slope =
          (alignment.evaluate(above, features).value()
                  - alignment.evaluate(below, features).value())
              / (2 * width);
      assertEquals(0.5 * slope, gradient[j], 1e-9);
    }
    assertEquals(0, alignment.evaluate(h, h.mul(3)).value(), 1e-14);
    assertEquals(2, alignment.evaluate(h, h.neg()).value(), 1e-14);
    INDArray broken = features.dup();
    broken.putScalar(0, Double.NaN);
    assertThrows(InvalidInputException.class, () -> alignment.evaluate(h, broken));
  }
}
