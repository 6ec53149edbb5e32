package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/** Sets of different sizes in one batch of a network. */
class MaskedTokensTest {
  private static final INDArray MASK =
      Nd4j.createFromArray(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 1}});
  private static final INDArray T = Nd4j.createFromArray(new double[][] {{0.7}, {0.4}});
  private static final INDArray R = Nd4j.createFromArray(new double[][] {{0.2}, {0.1}});

  private static INDArray gaussian(long step, long... shape) {
    return RandomStream.of(3, step, Purpose.NOISE).gaussians(DataType.DOUBLE, shape);
  }

  private static TimNetworkConfig.Builder config() {
    return TimNetworkConfig.builder()
        .inputKind(InputKind.TOKENS)
        .channels(3)
        .hidden(8)
        .depth(2)
        .heads(2)
        .representation(new RepresentationAlignment(1, 6, 5))
        .dataType(DataType.DOUBLE);
  }

  private static TimNetwork network() {
    TimNetwork network = TimNetwork.create(config().build(), 0);
    network.parameters().assign(gaussian(1, network.parameters().shape()).muli(0.3));
    return network;
  }

  private static INDArray real(INDArray tokens, int example, int count) {
    return tokens.get(point(example), interval(0, count), all()).dup();
  }

  private static INDArray withPadding(INDArray x, double value) {
    INDArray changed = x.dup();
    changed.get(point(0), interval(2, 4), all()).assign(value);
    return changed;
  }

  @Test
  void aSmallerSetIsPredictedAsIfItWereAlone() {
    TimNetwork network = network();
    INDArray x = gaussian(4, 2, 4, 3);
    INDArray padded = network.predict(new TimInput(x, T, R, null, MASK));
    INDArray other = network.predict(new TimInput(withPadding(x, 50), T, R, null, MASK));
    assertEquals(real(padded, 0, 2), real(other, 0, 2));
    assertEquals(real(padded, 1, 4), real(other, 1, 4));
    INDArray alone =
        network.predict(
            TimInput.unconditional(
                x.get(interval(0, 1), interval(0, 2), all()).dup(),
                T.get(interval(0, 1)).dup(),
                R.get(interval(0, 1)).dup()));
    assertTrue(real(padded, 0, 2).equalsWithEps(real(alone, 0, 2), 1e-10));
    TimOutput trained = network.forward(new TimInput(x, T, R, null, MASK));
    assertEquals(padded, trained.prediction());
    assertEquals(
        network.predict(TimInput.unconditional(x, T, R)),
        network.predict(new TimInput(x, T, R, null, Nd4j.ones(2, 4))));
  }

  /** The loss of real tokens alone has a gradient that padding does not enter. */
  @Test
  void theGradientIsThatOfTheSetsOnTheirOwn() {
    TimNetwork network = network();
    INDArray x = gaussian(4, 2, 4, 3);
    INDArray error = gaussian(6, 2, 4, 3);
    INDArray features = gaussian(7, 2, 4, 5);
    withPaddingInPlace(error);
    withPaddingInPlace(features);
    network.forward(new TimInput(withPadding(x, 9), T, R, null, MASK));
    INDArray gradient = network.backward(error, features).dup();
    INDArray sum = Nd4j.zeros(DataType.DOUBLE, gradient.length());
    for (int example = 0; example < 2; example++) {
      int count = example == 0 ? 2 : 4;
      network.forward(
          TimInput.unconditional(
              first(x, example, count),
              T.get(interval(example, example + 1)).dup(),
              R.get(interval(example, example + 1)).dup()));
      sum.addi(network.backward(first(error, example, count), first(features, example, count)));
    }
    assertTrue(sum.equalsWithEps(gradient, 1e-9));
  }

  private static void withPaddingInPlace(INDArray error) {
    error.get(point(0), interval(2, 4), all()).assign(0);
  }

  private static INDArray first(INDArray array, int example, int count) {
    return array.get(interval(example, example + 1), interval(0, count), all()).dup();
  }

  @Test
  void theExportedGraphTakesTheMask() {
    TimNetwork network = network();
    INDArray x = gaussian(4, 2, 4, 3);
    SameDiff graph = network.toMaskedSameDiff(4, 0);
    Map<String, INDArray> outputs =
        graph.output(Map.of("x", x, "t", T, "r", R, "mask", MASK), "prediction", "features");
    TimOutput expected = network.forward(new TimInput(x, T, R, null, MASK));
    assertTrue(expected.prediction().equalsWithEps(outputs.get("prediction"), 1e-12));
    assertTrue(expected.features().equalsWithEps(outputs.get("features"), 1e-12));
  }

  @Test
  void masksThatDoNotFitAreRefused() {
    INDArray x = gaussian(4, 2, 4, 3);
    for (INDArray mask : new INDArray[] {Nd4j.ones(2, 3), Nd4j.ones(1, 4), Nd4j.ones(2, 4, 3)}) {
      assertThrows(InvalidInputException.class, () -> new TimInput(x, T, R, null, mask));
    }
    assertThrows(
        InvalidInputException.class,
        () -> network().predict(new TimInput(x, T, R, null, MASK.mul(0.5))));
    TimNetwork rows =
        TimNetwork.create(
            TimNetworkConfig.builder()
                .inputKind(InputKind.ROWS)
                .channels(3)
                .columns(java.util.List.of(1, 2))
                .hidden(8)
                .depth(1)
                .heads(2)
                .build(),
            0);
    assertEquals(
        "A mask was given, but inputKind is ROWS; only TOKENS have one.",
        assertThrows(
                InvalidInputException.class,
                () -> rows.predict(new TimInput(gaussian(1, 2, 1, 3), T, R, null, Nd4j.ones(2, 1))))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> rows.toMaskedSameDiff(1, 0));
  }
}
