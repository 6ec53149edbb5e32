package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.layers.weights.ModelFolder;
import org.tim4j.layers.weights.ModelFolderWriter;
import org.tim4j.layers.weights.WeightSet;

/** Captions whose words the network embeds itself. */
class TextConditionTest {
  private static final List<String> CAPTIONS =
      List.of("a red square", "A blue circle.", "", "the red-blue circle over a square");
  private static final WordEncoder ENCODER = WordEncoder.of(CAPTIONS, 6, 4, 6);

  private final RandomStream random = RandomStream.of(5, 0, Purpose.EVALUATION);

  private TimNetwork network(DataType type, TimRuntime runtime) {
    TimNetwork network =
        TimNetwork.create(
            TimNetworkConfig.builder()
                .channels(1)
                .patch(2)
                .hidden(8)
                .depth(1)
                .heads(2)
                .condition(ENCODER.condition())
                .dataType(type)
                .runtime(runtime)
                .build(),
            1);
    network
        .parameters()
        .addi(
            RandomStream.of(3, 0, Purpose.PARAMETERS)
                .gaussians(type, network.parameters().length())
                .muli(0.2));
    return network;
  }

  private TimInput input(DataType type) {
    return new TimInput(
        RandomStream.of(4, 0, Purpose.NOISE).gaussians(type, 4, 1, 4, 4),
        Nd4j.createFromArray(0.9, 0.8, 0.7, 0.6).castTo(type).reshape(4, 1),
        Nd4j.createFromArray(0.1, 0.2, 0.3, 0.4).castTo(type).reshape(4, 1),
        ENCODER.encode(CAPTIONS).castTo(type));
  }

  @Test
  void wordsAreNumberedByFrequency() {
    // a, circle, blue, red and square occur twice or more; of the others the first is kept.
    assertEquals(List.of("a", "blue", "circle", "red", "square", "over"), ENCODER.words());
    assertEquals(new Condition.Text(8, 4, 6), ENCODER.condition());
    assertArrayEquals(
        new float[][] {{2, 5, 6, 0}, {2, 3, 4, 0}, {0, 0, 0, 0}, {1, 5, 3, 4}},
        ENCODER.encode(CAPTIONS).toFloatMatrix());
    assertEquals(ENCODER, new WordEncoder(ENCODER.words(), 4, 6));
    assertThrows(InvalidInputException.class, () -> new WordEncoder(List.of("a", "a"), 4, 6));
    assertThrows(InvalidInputException.class, () -> ENCODER.encode(List.of()));
  }

  @Test
  void theOrderOfWordsMatters() {
    TimNetwork network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TimInput input = input(DataType.DOUBLE);
    INDArray swapped = input.condition().dup();
    swapped.putScalar(0, 0, 5);
    swapped.putScalar(0, 1, 2);
    INDArray first = network.predict(input);
    INDArray second = network.predict(new TimInput(input.x(), input.t(), input.r(), swapped));
    assertNotEquals(first.slice(0), second.slice(0));
    assertEquals(first.slice(1), second.slice(1));
  }

  @Test
  void bothRuntimesAgree() {
    TimNetwork exact = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    TimNetwork fused = network(DataType.FLOAT, TimRuntime.FUSED);
    fused.parameters().assign(exact.parameters());
    INDArray error = random.gaussians(DataType.DOUBLE, 4, 1, 4, 4);
    INDArray expected = exact.forward(input(DataType.DOUBLE)).prediction().dup();
    INDArray actual = fused.forward(input(DataType.FLOAT)).prediction().castTo(DataType.DOUBLE);
    assertTrue(expected.equalsWithEps(actual, 1e-5));
    INDArray gradient = exact.backward(error, null);
    INDArray fusedGradient = fused.backward(error.castTo(DataType.FLOAT), null);
    double size = gradient.norm2Number().doubleValue();
    double off = gradient.sub(fusedGradient.castTo(DataType.DOUBLE)).norm2Number().doubleValue();
    assertTrue(off < 1e-5 * size, off + " of " + size);
  }

  @Test
  void theWordsAreLearnedWithTheRest() {
    TimNetwork network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    INDArray error = random.gaussians(DataType.DOUBLE, 4, 1, 4, 4);
    network.forward(input(DataType.DOUBLE));
    INDArray gradient = network.backward(error, null).dup();
    TimNetwork carrier = network.copy();
    carrier.parameters().assign(gradient);
    for (String name : List.of("text.table", "text.positions")) {
      INDArray values = network.parameterTable().get(name);
      INDArray direction = random.gaussians(DataType.DOUBLE, values.shape());
      double step = 1e-6;
      values.addi(direction.mul(step));
      double above = network.predict(input(DataType.DOUBLE)).mul(error).sumNumber().doubleValue();
      values.subi(direction.mul(2 * step));
      double below = network.predict(input(DataType.DOUBLE)).mul(error).sumNumber().doubleValue();
      values.addi(direction.mul(step));
      double slope = carrier.parameterTable().get(name).mul(direction).sumNumber().doubleValue();
      assertEquals((above - below) / (2 * step), slope, 1e-6 * (1 + Math.abs(slope)), name);
      assertTrue(Math.abs(slope) > 1e-6, name);
    }
  }

  @Test
  void savedAndExportedNetworksPredictTheSame(@TempDir Path folder) {
    TimNetwork network = network(DataType.DOUBLE, TimRuntime.SAMEDIFF);
    assertEquals(network.config(), TimNetworkConfig.fromJson(network.config().toJson()));
    Path model = folder.resolve("model.tim");
    new ModelFolderWriter(network).write(model);
    TimInput input = input(DataType.DOUBLE);
    INDArray expected = network.predict(input);
    assertEquals(expected, ModelFolder.open(model).network(WeightSet.TRAINED).predict(input));
    SameDiff graph = network.toSameDiff(4, 4);
    INDArray exported =
        graph.outputSingle(
            Map.of("x", input.x(), "t", input.t(), "r", input.r(), "condition", input.condition()),
            "prediction");
    assertTrue(expected.equalsWithEps(exported, 1e-12));
  }

  @Test
  void unknownTokensAndLengthsAreRefused() {
    for (TimRuntime runtime : TimRuntime.values()) {
      TimNetwork network = network(DataType.FLOAT, runtime);
      TimInput input = input(DataType.FLOAT);
      for (double token : new double[] {8, -1, 0.5, Double.NaN}) {
        INDArray wrong = input.condition().dup();
        wrong.putScalar(2, 1, token);
        TimInput unknown = new TimInput(input.x(), input.t(), input.r(), wrong);
        assertThrows(InvalidInputException.class, () -> network.predict(unknown));
      }
      TimInput shorter =
          new TimInput(input.x(), input.t(), input.r(), Nd4j.zeros(DataType.FLOAT, 4, 3));
      assertThrows(InvalidInputException.class, () -> network.predict(shorter));
    }
  }
}
