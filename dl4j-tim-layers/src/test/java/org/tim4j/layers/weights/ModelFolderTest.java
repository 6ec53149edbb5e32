package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InputKind;
import org.tim4j.layers.RepresentationAlignment;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class ModelFolderTest {
  private static final TimNetworkConfig CONFIG =
      TimNetworkConfig.builder()
          .channels(3)
          .patch(2)
          .hidden(16)
          .depth(2)
          .heads(2)
          .condition(new Condition.Classes(4, true))
          .representation(new RepresentationAlignment(1, 8, 6))
          .build();

  @TempDir Path parent;

  static List<TimNetworkConfig> configurations() {
    TimNetworkConfig.Builder tokens = CONFIG.toBuilder().inputKind(InputKind.TOKENS).patch(1);
    return List.of(
        CONFIG,
        CONFIG.toBuilder().dataType(DataType.DOUBLE).build(),
        CONFIG.toBuilder().representation(null).condition(new Condition.None()).build(),
        CONFIG.toBuilder().condition(new Condition.Caption(5)).build(),
        CONFIG.toBuilder().qkNorm(false).distanceAware(false).build(),
        CONFIG.toBuilder().separateIntervalEmbedding(false).build(),
        tokens.condition(new Condition.Vector(7)).build(),
        tokens.inputKind(InputKind.ROWS).columns(List.of(2, 1)).build());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aSavedNetworkLoadsAgainWithIdenticalBits(TimNetworkConfig config) {
    TimNetwork network = randomNetwork(config, 1);
    INDArray average = random(network, 2);
    new ModelFolderWriter(network).average(average).write(model());
    ModelFolder folder = ModelFolder.open(model());
    assertEquals(config, folder.config());
    assertSameBits(network.parameters(), folder.network(WeightSet.TRAINED).parameters());
    assertSameBits(average, folder.network(WeightSet.AVERAGE).parameters());
    assertEquals(Optional.empty(), folder.trainerState());
  }

  @Test
  void trainerStateIsReadBack() {
    TimNetwork network = randomNetwork(CONFIG, 1);
    INDArray moment = random(network, 3);
    JsonNode values = JsonNodeFactory.instance.objectNode().put("step", 12).put("rate", 1e-4);
    Map<String, INDArray> tensors =
        Map.of("adamw.m", moment, "schedule", Nd4j.createFromArray(1.0, 2.0));
    new ModelFolderWriter(network).trainerState(new StoredState(values, tensors)).write(model());
    ModelFolder folder = ModelFolder.open(model());
    assertFalse(folder.has(WeightSet.AVERAGE));
    StoredState state = folder.trainerState().orElseThrow();
    assertEquals(values, state.values());
    assertEquals(tensors.keySet(), state.tensors().keySet());
    assertSameBits(moment, state.tensors().get("adamw.m"));
    assertEquals(DataType.DOUBLE, state.tensors().get("schedule").dataType());
  }

  @Test
  void weightsOfAnotherConfigurationAreRefusedAndNothingChanges() {
    new ModelFolderWriter(randomNetwork(CONFIG, 1)).write(model());
    ModelFolder folder = ModelFolder.open(model());
    TimNetwork other =
        randomNetwork(
            CONFIG.toBuilder().depth(3).qkNorm(false).representation(null).patch(4).build(), 4);
    INDArray before = other.parameters().dup();
    WeightMismatchException refusal =
        assertThrows(WeightMismatchException.class, () -> folder.load(WeightSet.TRAINED, other));
    assertEquals(
        List.of("final_layer.linear.bias F32 [12], expected [48]"),
        refusal.misshaped().stream().filter(text -> text.contains("linear.bias")).toList());
    assertEquals(3, refusal.misshaped().size());
    assertEquals(17, refusal.missing().size());
    assertTrue(refusal.missing().stream().allMatch(name -> name.startsWith("blocks.2.")));
    assertEquals(2 * 4 + 6, refusal.unexpected().size());
    assertSameBits(before, other.parameters());
  }

  @Test
  void weightsFillANetworkOfAnotherDataType() {
    TimNetwork network = randomNetwork(CONFIG, 1);
    new ModelFolderWriter(network).write(model());
    TimNetwork wide = TimNetwork.create(CONFIG.toBuilder().dataType(DataType.DOUBLE).build(), 9);
    ModelFolder.open(model()).load(WeightSet.TRAINED, wide);
    assertSameBits(network.parameters(), wide.parameters().castTo(DataType.FLOAT));
  }

  /** The state that a kill between the two renames of a replacement leaves. */
  @Test
  void theOldFolderCountsWhileTheNewOneIsNotInPlace() throws IOException {
    new ModelFolderWriter(randomNetwork(CONFIG, 1)).write(model());
    Files.move(model(), parent.resolve("model.tim.previous"));
    assertEquals(CONFIG, ModelFolder.open(model()).config());
    TimNetwork next = randomNetwork(CONFIG, 2);
    new ModelFolderWriter(next).write(model());
    assertSameBits(
        next.parameters(), ModelFolder.open(model()).network(WeightSet.TRAINED).parameters());
    try (Stream<Path> entries = Files.list(parent)) {
      assertEquals(List.of(model()), entries.toList());
    }
  }

  @Test
  void everyBitOfTheWeightsIsGuarded() throws IOException {
    new ModelFolderWriter(randomNetwork(CONFIG, 1)).write(model());
    Path file = model().resolve("weights.safetensors");
    byte[] sound = Files.readAllBytes(file);
    RandomStream draws = RandomStream.of(5, 0, Purpose.EVALUATION);
    ModelFolder folder = ModelFolder.open(model());
    TimNetwork network = randomNetwork(CONFIG, 3);
    INDArray before = network.parameters().dup();
    for (int i = 0; i < 50; i++) {
      byte[] damaged = sound.clone();
      damaged[draws.nextInt(sound.length)] ^= (byte) (1 << draws.nextInt(8));
      Files.write(file, damaged);
      assertThrows(ModelFolderException.class, () -> folder.load(WeightSet.TRAINED, network));
    }
    assertSameBits(before, network.parameters());
  }

  @Test
  void missingPartsAndUselessConfigurationsAreRefused() throws IOException {
    new ModelFolderWriter(randomNetwork(CONFIG, 1)).write(model());
    ModelFolder folder = ModelFolder.open(model());
    assertTrue(
        assertThrows(ModelFolderException.class, () -> folder.network(WeightSet.AVERAGE))
            .getMessage()
            .contains("has no ema.safetensors"));
    Path config = model().resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"heads\" : 2", "\"heads\" : 3"));
    assertTrue(
        assertThrows(ModelFolderException.class, () -> ModelFolder.open(model()))
            .getMessage()
            .contains("3 heads do not divide the hidden size 16"));
    assertThrows(ModelFolderException.class, () -> ModelFolder.open(parent.resolve("none")));
  }

  @Test
  void gradientsAndAveragesOfAnotherNetworkAreRefused() {
    ModelFolderWriter writer =
        new ModelFolderWriter(randomNetwork(CONFIG, 1)).average(Nd4j.zeros(DataType.FLOAT, 7));
    assertThrows(InvalidInputException.class, () -> writer.write(model()));
    assertFalse(Files.exists(model()));
  }

  private Path model() {
    return parent.resolve("model.tim");
  }

  private static TimNetwork randomNetwork(TimNetworkConfig config, long seed) {
    TimNetwork network = TimNetwork.create(config, seed);
    network.parameters().assign(random(network, seed));
    return network;
  }

  private static INDArray random(TimNetwork network, long seed) {
    return RandomStream.of(seed, 0, Purpose.PARAMETERS)
        .gaussians(network.config().dataType(), network.parameterCount());
  }

  private static void assertSameBits(INDArray expected, INDArray actual) {
    assertEquals(expected.dataType(), actual.dataType());
    assertArrayEquals(
        expected.dup().ravel().toDoubleVector(), actual.dup().ravel().toDoubleVector());
  }
}
