package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.layers.weights.SafetensorsFile;

class TimNetworkTest {
  private static final TimNetworkConfig SMALL =
      TimNetworkConfig.builder()
          .channels(1)
          .patch(2)
          .hidden(16)
          .depth(2)
          .heads(2)
          .condition(new Condition.Classes(3, true))
          .representation(new RepresentationAlignment(1, 8, 6))
          .build();

  private static TimInput input(int batch, int height, int width) {
    return new TimInput(
        RandomStream.of(1, batch, Purpose.NOISE).gaussians(DataType.FLOAT, batch, 1, height, width),
        Nd4j.linspace(DataType.FLOAT, 0.9, -0.1, batch).reshape(batch, 1),
        Nd4j.zeros(DataType.FLOAT, batch, 1),
        Nd4j.arange(batch).reshape(batch, 1).castTo(DataType.FLOAT));
  }

  @Test
  void predictsZeroAtFirst() {
    INDArray prediction = TimNetwork.create(SMALL, 3).predict(input(3, 4, 6));
    assertArrayEquals(new long[] {3, 1, 4, 6}, prediction.shape());
    assertEquals(0.0, prediction.amaxNumber().doubleValue());
  }

  @Test
  void drawsFirstValuesOfClassesByTheDeviationThatIsAskedFor() {
    TimNetworkConfig config =
        SMALL.toBuilder().condition(new Condition.Classes(200, true, 0.5)).build();
    INDArray table = TimNetwork.create(config, 3).parameterTable().get("label.table");
    assertEquals(0.5, table.stdNumber().doubleValue(), 0.02);
  }

  @Test
  void drawsFirstValuesByTheLawsOfTheSpecification() {
    Map<String, INDArray> table = TimNetwork.create(SMALL, 3).parameterTable();
    assertEquals(0.02, table.get("time.tW1").stdNumber().doubleValue(), 5e-4);
    assertEquals(0.02, table.get("label.table").stdNumber().doubleValue(), 4e-3);
    assertUniform(Math.sqrt(6.0 / (256 + 16)), table.get("time.dW1"));
    assertUniform(Math.sqrt(6.0 / (16 + 48)), table.get("block0.qkvW"));
    assertUniform(Math.sqrt(6.0 / (16 + 12)), table.get("block0.modW1"));
    assertUniform(Math.sqrt(6.0 / (4 + 16)), table.get("patch.W"));
    for (String name : new String[] {"block0.modW2", "final.modW2", "final.W", "block1.qkvb"}) {
      assertEquals(0.0, table.get(name).amaxNumber().doubleValue(), name);
    }
    assertEquals(1.0, table.get("block0.qNormGain").minNumber().doubleValue());
    assertEquals(1.0, table.get("block0.qNormGain").maxNumber().doubleValue());
  }

  private static void assertUniform(double bound, INDArray values) {
    double largest = values.amaxNumber().doubleValue();
    assertTrue(largest <= bound && largest > 0.85 * bound, largest + " of " + bound);
    assertEquals(bound / Math.sqrt(3), values.stdNumber().doubleValue(), 0.12 * bound);
  }

  @Test
  void drawsTheSameValuesWhateverElseTheNetworkHolds() {
    TimNetworkConfig deeper =
        SMALL.toBuilder().depth(3).representation(null).condition(new Condition.None()).build();
    Map<String, INDArray> small = TimNetwork.create(SMALL, 3).parameterTable();
    Map<String, INDArray> large = TimNetwork.create(deeper, 3).parameterTable();
    assertEquals(small.get("block1.qkvW"), large.get("block1.qkvW"));
    assertEquals(small.get("time.dW2"), large.get("time.dW2"));
    assertNotEquals(small.get("block1.qkvW"), small.get("block0.qkvW"));
    assertNotEquals(
        small.get("block1.qkvW"), TimNetwork.create(SMALL, 4).parameterTable().get("block1.qkvW"));
  }

  @Test
  void parametersAreViewsOfOneVector() {
    TimNetwork network = TimNetwork.create(SMALL, 3);
    assertEquals(network.parameterCount(), network.parameters().length());
    network.parameters().assign(0.5);
    network
        .parameterTable()
        .forEach((name, values) -> assertEquals(0.5, values.meanNumber().doubleValue(), name));
    assertEquals(network.config().parameterShapes().keySet(), network.parameterTable().keySet());
  }

  @Test
  void givesTheSameBitsAgain() {
    TimNetwork network = disturbed(SMALL);
    INDArray first = network.predict(input(3, 4, 6));
    network.predict(input(2, 8, 4));
    assertEquals(first, network.predict(input(3, 4, 6)));
    assertEquals(first, disturbed(SMALL).predict(input(3, 4, 6)));
  }

  @Test
  void aCopyIsIndependent() {
    TimNetwork network = disturbed(SMALL);
    TimNetwork copy = network.copy();
    INDArray before = network.predict(input(2, 4, 4));
    assertEquals(before, copy.predict(input(2, 4, 4)));
    copy.parameters().muli(2);
    assertEquals(before, network.predict(input(2, 4, 4)));
    assertNotEquals(before, copy.predict(input(2, 4, 4)));
  }

  @Test
  void leavesItsInputAsItIs() {
    TimInput input = input(2, 4, 4);
    INDArray x = input.x().dup();
    INDArray condition = input.condition().dup();
    TimNetwork network = disturbed(SMALL);
    TimOutput output = network.forward(input);
    INDArray error = output.prediction().dup();
    network.backward(error, null);
    assertEquals(x, input.x());
    assertEquals(condition, input.condition());
    assertEquals(output.prediction(), error);
  }

  @Test
  void refusesInputsThatDoNotFit() {
    TimNetwork network = TimNetwork.create(SMALL, 3);
    TimInput good = input(2, 4, 4);
    refuses(network, "height", input(2, 5, 4));
    refuses(network, "condition", TimInput.unconditional(good.x(), good.t(), good.r()));
    refuses(
        network,
        "4.0 is no class",
        new TimInput(good.x(), good.t(), good.r(), good.t().mul(0).addi(4)));
    refuses(
        network,
        "0.5 is no class",
        new TimInput(good.x(), good.t(), good.r(), good.t().mul(0).addi(0.5)));
    refuses(
        network,
        "channels",
        new TimInput(Nd4j.ones(DataType.FLOAT, 2, 3, 4, 4), good.t(), good.r(), good.condition()));
    assertThrows(InvalidInputException.class, () -> new TimInput(null, good.t(), good.r(), null));
    INDArray three = input(3, 4, 4).t();
    assertThrows(InvalidInputException.class, () -> new TimInput(good.x(), three, good.r(), null));
    assertThrows(
        InvalidInputException.class, () -> new TimInput(good.x(), good.t(), good.r(), three));
  }

  private static void refuses(TimNetwork network, String word, TimInput input) {
    InvalidInputException thrown =
        assertThrows(InvalidInputException.class, () -> network.predict(input));
    assertTrue(thrown.getMessage().contains(word), thrown.getMessage());
  }

  @Test
  void goesBackOnlyAfterAForwardPassAndWithErrorsThatFit() {
    TimNetwork network = TimNetwork.create(SMALL, 3);
    INDArray error = Nd4j.ones(DataType.FLOAT, 2, 1, 4, 4);
    assertThrows(InvalidInputException.class, () -> network.backward(error, null));
    network.forward(input(2, 4, 4));
    INDArray wrong = Nd4j.ones(DataType.FLOAT, 2, 1, 4, 6);
    assertThrows(InvalidInputException.class, () -> network.backward(wrong, null));
    network.backward(error, null);
    assertThrows(InvalidInputException.class, () -> network.backward(error, null));
  }

  @ParameterizedTest
  @CsvSource({"net_A, 8x12", "net_C, 12x8", "net_F, 8x8"})
  void exportsOneSameDiffGraph(String name, String size) throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open(name + ".io")) {
      TimNetwork network = GoldenNetwork.load(name, DataType.DOUBLE);
      TimInput input = GoldenNetwork.input(golden, size, DataType.DOUBLE);
      SameDiff graph = network.toSameDiff((int) input.x().size(2), (int) input.x().size(3));
      Map<String, INDArray> placeholders = new HashMap<>();
      placeholders.put("x", input.x());
      placeholders.put("t", input.t());
      placeholders.put("r", input.r());
      placeholders.put("condition", input.condition());
      Map<String, INDArray> outputs = graph.output(placeholders, "prediction", "features");
      TimOutput expected = network.forward(input);
      assertTrue(expected.prediction().equalsWithEps(outputs.get("prediction"), 1e-12));
      assertTrue(expected.features().equalsWithEps(outputs.get("features"), 1e-12));
      for (String parameter : network.parameterTable().keySet()) {
        assertTrue(graph.hasVariable(parameter), parameter);
      }
    }
  }

  @Test
  void exportsACaptionNetworkForOneCaptionLength() throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open("net_t2i.io")) {
      TimNetwork network = GoldenNetwork.load("net_t2i", DataType.DOUBLE);
      assertThrows(InvalidInputException.class, () -> network.toSameDiff(4, 6));
      SameDiff graph = network.toSameDiff(4, 6, 7);
      TimInput input = GoldenNetwork.input(golden, "4x6", DataType.DOUBLE);
      INDArray prediction =
          graph.outputSingle(
              Map.of(
                  "x", input.x(), "t", input.t(), "r", input.r(), "condition", input.condition()),
              "prediction");
      assertTrue(network.predict(input).equalsWithEps(prediction, 1e-12));
    }
  }

  private static TimNetwork disturbed(TimNetworkConfig config) {
    TimNetwork network = TimNetwork.create(config, 3);
    network
        .parameters()
        .addi(
            RandomStream.of(9, 0, Purpose.EVALUATION)
                .gaussians(DataType.FLOAT, network.parameters().length())
                .mul(0.1));
    return network;
  }
}
