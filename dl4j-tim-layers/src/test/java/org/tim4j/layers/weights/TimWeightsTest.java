package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.InvalidInputException;

class TimWeightsTest {
  private static final Path GOLDEN = Path.of(System.getProperty("tim.golden"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"train_net.weights", "train_otfm.grads", "adamw.params"})
  void stateDictsOfClassNetworksSurviveARoundTrip(String name) {
    assertRoundTrip(name, ParameterShapes.trainNet(), DataType.DOUBLE);
  }

  @Test
  void stateDictOfTheTextToImageNetworkSurvivesARoundTrip() {
    assertRoundTrip("net_t2i.weights", ParameterShapes.textToImage(), DataType.FLOAT);
  }

  private void assertRoundTrip(String name, ParameterShapes network, DataType type) {
    TimWeights weights = network.weights();
    Map<String, INDArray> parameters = network.zeros(type);
    Path copy = folder.resolve("copy.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(golden(name))) {
      weights.load(file, parameters);
      Map<String, INDArray> official = weights.toOfficial(parameters);
      weights.save(copy, parameters);
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

  @Test
  void valuesLieWhereOurLayersLookForThem() {
    ParameterShapes network = ParameterShapes.trainNet();
    Map<String, INDArray> ours = network.zeros(DataType.DOUBLE);
    try (SafetensorsFile file = SafetensorsFile.open(golden("train_net.weights"))) {
      network.weights().load(file, ours);
      INDArray convolution = file.read("x_embedder.proj.weight");
      assertEquals(convolution.getDouble(5, 3, 1, 0), ours.get("patch.W").getDouble(3 * 4 + 2, 5));
      INDArray gate = file.read("blocks.1.mlp.fc1_g.weight");
      INDArray value = file.read("blocks.1.mlp.fc1_x.weight");
      assertEquals(gate.getDouble(63, 7), ours.get("block1.mlpW1").getDouble(7, 63));
      assertEquals(value.getDouble(0, 7), ours.get("block1.mlpW1").getDouble(7, 64));
      assertEquals(
          file.read("blocks.0.adaLN_modulation.fc1_x.bias").getDouble(2),
          ours.get("block0.modb1").getDouble(8 + 2));
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

  /** Parameters of a DL4J network are views in its own order, and of its own type. */
  @Test
  void viewsOfOtherOrderAndTypeAreFilled() {
    ParameterShapes network = ParameterShapes.trainNet();
    Map<String, INDArray> plain = network.zeros(DataType.DOUBLE);
    Map<String, INDArray> views = new LinkedHashMap<>();
    INDArray flat = Nd4j.zeros(DataType.FLOAT, network.count());
    long offset = 0;
    for (Map.Entry<String, long[]> shape : network.shapes().entrySet()) {
      long length = Nd4j.create(DataType.BOOL, shape.getValue()).length();
      views.put(
          shape.getKey(),
          flat.get(NDArrayIndex.interval(offset, offset + length)).reshape('f', shape.getValue()));
      offset += length;
    }
    try (SafetensorsFile file = SafetensorsFile.open(golden("train_net.weights"))) {
      network.weights().load(file, plain);
      network.weights().load(file, views);
    }
    for (String name : plain.keySet()) {
      assertArrayEquals(
          plain.get(name).castTo(DataType.FLOAT).ravel().toFloatVector(),
          views.get(name).dup('c').ravel().toFloatVector(),
          name);
    }
    assertTrue(flat.sumNumber().doubleValue() != 0);
  }

  @Test
  void projectorCanBeLeftOut() {
    ParameterShapes network = ParameterShapes.trainNet();
    TimWeights slim = network.weights().withoutProjector();
    Map<String, INDArray> parameters = network.zeros(DataType.DOUBLE);
    Path path = folder.resolve("slim.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(golden("train_net.weights"))) {
      slim.load(file, parameters);
      assertEquals(0, parameters.get("repa.W1").sumNumber().doubleValue());
      slim.save(path, parameters);
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(61, file.tensors().size());
      assertTrue(file.tensors().stream().noneMatch(t -> t.name().startsWith("projector")));
      slim.load(file, parameters);
      WeightMismatchException refusal =
          assertThrows(
              WeightMismatchException.class, () -> network.weights().load(file, parameters));
      assertEquals(6, refusal.missing().size());
      assertEquals(List.of(), refusal.unexpected());
    }
  }

  @Test
  void anotherConfigurationIsRefusedWithEveryDifferenceAndNothingChanges() {
    ParameterShapes network = ParameterShapes.trainNet();
    Map<String, INDArray> parameters = network.zeros(DataType.DOUBLE);
    try (SafetensorsFile file = SafetensorsFile.open(golden("net_t2i.weights"))) {
      WeightMismatchException refusal =
          assertThrows(
              WeightMismatchException.class, () -> network.weights().load(file, parameters));
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
    for (INDArray parameter : parameters.values()) {
      assertEquals(0, parameter.amaxNumber().doubleValue());
    }
  }

  @Test
  void wholeNumbersAreNoWeights() {
    Map<String, long[]> shapes = Map.of("final.b", new long[] {1});
    Path path =
        SafetensorsBytes.write(
            folder,
            SafetensorsBytes.of(
                "{\"final_layer.linear.bias\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                new byte[4]));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      WeightMismatchException refusal =
          assertThrows(
              WeightMismatchException.class, () -> TimWeights.of(shapes, 1, 1).checkFits(file));
      assertEquals(List.of("final_layer.linear.bias I32 [1], expected [1]"), refusal.misshaped());
    }
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    TimWeights weights = ParameterShapes.trainNet().weights();
    Map<String, INDArray> others = ParameterShapes.textToImage().zeros(DataType.FLOAT);
    assertThrows(InvalidInputException.class, () -> weights.toOfficial(others));
    Map<String, INDArray> wrong = ParameterShapes.trainNet().zeros(DataType.FLOAT);
    wrong.put("final.b", Nd4j.zeros(DataType.FLOAT, 3));
    assertThrows(InvalidInputException.class, () -> weights.toOfficial(wrong));
  }

  @Test
  void parametersUnknownToTheAuthorsKeepOurNames() {
    Map<String, INDArray> parameters =
        Map.of("vector.W", Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}));
    TimWeights weights = TimWeights.of(Map.of("vector.W", new long[] {2, 3}), 1, 1);
    Map<String, INDArray> official = weights.toOfficial(parameters);
    assertFalse(official.get("vector.W") == parameters.get("vector.W"));
    assertEquals(parameters, official);
  }

  private static Path golden(String name) {
    return GOLDEN.resolve(name + ".safetensors");
  }
}
