package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.Condition;
import org.tim4j.layers.GoldenNetwork;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.TimNetworkConfig;
import org.tim4j.layers.base.InvalidInputException;

class TimWeightsTest {
  /** Width of the units that modulate the blocks of train_net. */
  private static final int RANK = 8;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"net_A", "net_B", "net_C", "net_D", "net_E", "net_F", "net_t2i", "train_net"})
  void stateDictsOfTheAuthorsSurviveARoundTrip(String name) throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    try (SafetensorsFile file = GoldenNetwork.open(name + ".weights")) {
      DataType type = file.tensors().get(0).type().dataType();
      TimNetwork network = GoldenNetwork.load(name, type);
      TimWeights weights = TimWeights.of(network.config());
      weights.save(copy, network.parameterTable());
      Map<String, INDArray> official = weights.toOfficial(network.parameterTable());
      try (SafetensorsFile saved = SafetensorsFile.open(copy)) {
        assertEquals(file.tensors().size(), official.size());
        assertEquals(file.tensors().size(), saved.tensors().size());
        for (TensorInfo info : file.tensors()) {
          assertEquals(info, saved.info(info.name()));
          assertArrayEquals(info.shape(), official.get(info.name()).shape());
          double[] expected = file.doubles(info.name());
          assertArrayEquals(expected, official.get(info.name()).ravel().toDoubleVector());
          assertArrayEquals(expected, saved.doubles(info.name()));
        }
      }
    }
  }

  /** A file of half precision loads exactly into FLOAT, which is said; a narrower type is, too. */
  @Test
  void halfPrecisionIsWidenedAndSaidToBe() throws IOException {
    Path half = folder.resolve("half.safetensors");
    TimNetwork network = trainNet(DataType.FLOAT);
    TimWeights weights = TimWeights.of(network.config());
    weights.saveHalfPrecision(half, network.parameterTable());
    TimNetwork other = trainNet(DataType.FLOAT);
    int tensors = weights.names().size();
    try (SafetensorsFile file = SafetensorsFile.open(half)) {
      assertEquals(
          "half.safetensors: " + tensors + " tensors widened from F16 to FLOAT",
          weights.load(file, other.parameterTable()).toString());
      double[] stored = file.doubles("final_layer.linear.weight");
      double[] loaded =
          weights
              .toOfficial(other.parameterTable())
              .get("final_layer.linear.weight")
              .reshape(stored.length)
              .toDoubleVector();
      assertArrayEquals(stored, loaded);
      assertEquals(network.parameterTable().get("final.W").getDouble(0, 1), stored[24], 1e-3);
    }
    try (SafetensorsFile file = GoldenNetwork.open("train_net.weights")) {
      assertEquals(
          "train_net.weights.safetensors: " + tensors + " tensors rounded from F64 to FLOAT",
          weights.load(file, other.parameterTable()).toString());
      TimNetwork exact = trainNet(DataType.DOUBLE);
      assertTrue(weights.load(file, exact.parameterTable()).isEmpty());
    }
  }

  @Test
  void valuesLieWhereOurLayersLookForThem() throws IOException {
    Map<String, INDArray> ours = trainNet(DataType.DOUBLE).parameterTable();
    try (SafetensorsFile file = GoldenNetwork.open("train_net.weights")) {
      INDArray convolution = file.read("x_embedder.proj.weight");
      assertEquals(convolution.getDouble(5, 3, 1, 0), ours.get("patch.W").getDouble(3 * 4 + 2, 5));
      INDArray gate = file.read("blocks.1.mlp.fc1_g.weight");
      INDArray value = file.read("blocks.1.mlp.fc1_x.weight");
      assertEquals(gate.getDouble(63, 7), ours.get("block1.mlpW1").getDouble(7, 63));
      assertEquals(value.getDouble(0, 7), ours.get("block1.mlpW1").getDouble(7, 64));
      assertEquals(
          file.read("blocks.0.adaLN_modulation.fc1_x.bias").getDouble(2),
          ours.get("block0.modb1").getDouble(RANK + 2));
      assertEquals(
          file.read("blocks.0.attn.qkv_d.weight").getDouble(50, 3),
          ours.get("block0.intervalW").getDouble(3, 50));
      assertEquals(
          file.read("y_embedder.embedding_table.weight").getDouble(10, 4),
          ours.get("label.table").getDouble(10, 4));
      assertEquals(
          file.read("projector.4.weight").getDouble(5, 7), ours.get("repa.W3").getDouble(7, 5));
    }
  }

  /** Gradients and moments of the reference have other values under the same names. */
  @Test
  void aFlatVectorTakesTheNamesOfTheParameters() throws IOException {
    TimNetwork network = trainNet(DataType.DOUBLE);
    INDArray before = network.parameters().dup();
    INDArray gradient = Nd4j.zeros(DataType.FLOAT, network.parameterCount());
    TimWeights weights = TimWeights.of(network.config());
    try (SafetensorsFile file = GoldenNetwork.open("train_otfm.grads")) {
      weights.load(file, ParameterViews.of(network, gradient));
      network.parameters().assign(gradient);
      Map<String, INDArray> official = weights.toOfficial(network.parameterTable());
      for (TensorInfo info : file.tensors()) {
        assertArrayEquals(
            file.read(info.name(), DataType.FLOAT).ravel().toFloatVector(),
            official.get(info.name()).ravel().toFloatVector(),
            info.name());
      }
    }
    assertNotEquals(before, network.parameters());
  }

  @Test
  void projectorCanBeLeftOut() throws IOException {
    TimNetwork network = trainNet(DataType.DOUBLE);
    TimWeights whole = TimWeights.of(network.config());
    Path path = folder.resolve("slim.safetensors");
    whole.withoutProjector().save(path, network.parameterTable());
    TimNetwork other = TimNetwork.create(network.config(), 5);
    INDArray projector = other.parameterTable().get("repa.W1").dup();
    try (SafetensorsFile slim = SafetensorsFile.open(path);
        SafetensorsFile full = GoldenNetwork.open("train_net.weights")) {
      assertEquals(full.tensors().size() - 6, slim.tensors().size());
      for (SafetensorsFile file : List.of(slim, full)) {
        whole.withoutProjector().load(file, other.parameterTable());
        assertArrayEquals(
            projector.ravel().toDoubleVector(),
            other.parameterTable().get("repa.W1").ravel().toDoubleVector());
      }
      assertArrayEquals(
          full.doubles("final_layer.linear.bias"),
          other.parameterTable().get("final.b").toDoubleVector());
      WeightMismatchException refusal =
          assertThrows(
              WeightMismatchException.class, () -> whole.load(slim, other.parameterTable()));
      assertEquals(6, refusal.missing().size());
      assertEquals(List.of(), refusal.unexpected());
    }
  }

  @Test
  void anotherConfigurationIsRefusedWithEveryDifferenceAndNothingChanges() throws IOException {
    TimNetwork network = trainNet(DataType.DOUBLE);
    INDArray before = network.parameters().dup();
    try (SafetensorsFile file = GoldenNetwork.open("net_t2i.weights")) {
      WeightMismatchException refusal =
          assertThrows(
              WeightMismatchException.class,
              () -> TimWeights.of(network.config()).load(file, network.parameterTable()));
      assertEquals(List.of("y_embedder.embedding_table.weight"), refusal.missing());
      assertEquals(8 + 2 * 10, refusal.unexpected().size());
      assertTrue(refusal.unexpected().contains("blocks.1.cross_attn.kv.bias"));
      assertTrue(
          refusal
              .misshaped()
              .contains("x_embedder.proj.weight F32 [24, 4, 1, 1], expected [24, 4, 2, 2]"),
          refusal.getMessage());
      for (String name : refusal.unexpected()) {
        assertTrue(refusal.getMessage().contains(name));
      }
    }
    assertArrayEquals(before.toDoubleVector(), network.parameters().toDoubleVector());
  }

  @Test
  void wholeNumbersAreNoWeights() throws IOException {
    TimWeights weights = TimWeights.of(GoldenNetwork.config("train_net.weights", DataType.DOUBLE));
    Path path =
        SafetensorsBytes.write(
            folder,
            SafetensorsBytes.of(
                "{\"final_layer.linear.bias\":{\"dtype\":\"I32\",\"shape\":[16],\"data_offsets\":[0,64]}}",
                new byte[64]));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      WeightMismatchException refusal =
          assertThrows(WeightMismatchException.class, () -> weights.checkFits(file));
      assertEquals(List.of("final_layer.linear.bias I32 [16], expected [16]"), refusal.misshaped());
    }
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws IOException {
    TimNetwork network = trainNet(DataType.DOUBLE);
    TimWeights weights = TimWeights.of(network.config());
    Map<String, INDArray> wrong = new LinkedHashMap<>(network.parameterTable());
    wrong.put("final.b", Nd4j.zeros(DataType.DOUBLE, 3));
    assertThrows(InvalidInputException.class, () -> weights.toOfficial(wrong));
    wrong.remove("final.b");
    assertThrows(InvalidInputException.class, () -> weights.toOfficial(wrong));
  }

  @Test
  void parametersUnknownToTheAuthorsKeepOurNames() throws IOException {
    TimNetworkConfig config =
        GoldenNetwork.config("train_net.weights", DataType.FLOAT).toBuilder()
            .condition(new Condition.Vector(3))
            .build();
    TimNetwork network = TimNetwork.create(config, 1);
    INDArray ours = network.parameterTable().get("label.W1");
    INDArray theirs = TimWeights.of(config).toOfficial(network.parameterTable()).get("label.W1");
    assertNotSame(ours, theirs);
    assertArrayEquals(ours.ravel().toFloatVector(), theirs.ravel().toFloatVector());
  }

  private static TimNetwork trainNet(DataType type) throws IOException {
    return GoldenNetwork.load("train_net", type);
  }
}
