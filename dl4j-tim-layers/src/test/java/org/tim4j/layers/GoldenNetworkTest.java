package org.tim4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.tim4j.layers.base.TimRuntime;
import org.tim4j.layers.weights.SafetensorsFile;

/** Networks of the authors' code, every variant, evaluated by ours. */
class GoldenNetworkTest {
  private static final String CASES =
      """
      net_A, 8x8, 2e-5
      net_A, 8x12, 2e-5
      net_A, 12x8, 2e-5
      net_B, 8x8, 2e-5
      net_B, 8x12, 2e-5
      net_B, 12x8, 2e-5
      net_C, 8x8, 5e-5
      net_C, 8x12, 5e-5
      net_C, 12x8, 5e-5
      net_D, 8x8, 2e-5
      net_D, 8x12, 2e-5
      net_D, 12x8, 2e-5
      net_E, 8x8, 2e-5
      net_E, 8x12, 2e-5
      net_E, 12x8, 2e-5
      net_F, 8x8, 2e-5
      net_F, 8x12, 2e-5
      net_F, 12x8, 2e-5
      net_t2i, 4x4, 2e-5
      net_t2i, 4x6, 2e-5
      """;

  @ParameterizedTest
  @CsvSource(textBlock = CASES)
  void predictsInFloat(String name, String size, double tolerance) throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open(name + ".io")) {
      TimNetwork network = GoldenNetwork.load(name, DataType.FLOAT);
      INDArray prediction = network.predict(GoldenNetwork.input(golden, size, DataType.FLOAT));
      assertClose(golden.read(size + "/out"), prediction, tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = CASES)
  void predictsOnTheFusedRuntime(String name, String size, double tolerance) throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open(name + ".io")) {
      TimNetwork network = GoldenNetwork.load(name, DataType.FLOAT, TimRuntime.FUSED);
      TimInput input = GoldenNetwork.input(golden, size, DataType.FLOAT);
      assertClose(golden.read(size + "/out"), network.predict(input), tolerance);
      TimOutput output = network.forward(input);
      assertClose(golden.read(size + "/h_proj"), output.features(), tolerance);
      assertClose(golden.read(size + "/out"), output.prediction(), tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = CASES)
  void predictsInDouble(String name, String size, double ignored) throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open(name + ".io")) {
      TimNetwork network = GoldenNetwork.load(name, DataType.DOUBLE);
      INDArray prediction = network.predict(GoldenNetwork.input(golden, size, DataType.DOUBLE));
      assertClose(golden.read(size + "/out_f64net"), prediction, 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = CASES)
  void givesTheFeaturesOfTheAlignmentHead(String name, String size, double tolerance)
      throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open(name + ".io")) {
      TimNetwork network = GoldenNetwork.load(name, DataType.FLOAT);
      TimOutput output = network.forward(GoldenNetwork.input(golden, size, DataType.FLOAT));
      assertClose(golden.read(size + "/h_proj"), output.features(), tolerance);
      assertClose(golden.read(size + "/out"), output.prediction(), tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource({"net_A, 2", "net_B, 3", "net_C, 2", "net_D, 2", "net_E, 3", "net_F, 2"})
  void agreesVertexByVertex(String name, int depth) throws IOException {
    try (SafetensorsFile golden = GoldenNetwork.open(name + ".io")) {
      TimNetwork network = GoldenNetwork.load(name, DataType.FLOAT);
      TimInput input = GoldenNetwork.input(golden, "8x8", DataType.FLOAT);
      INDArray[] features = {input.x(), input.t(), input.r(), input.condition()};
      assertVertex(golden, network, features, "phi", "t_embed");
      assertVertex(golden, network, features, "delta", "delta_embed");
      assertVertex(golden, network, features, "patch", "patch_tokens");
      for (int block = 0; block < depth; block++) {
        assertVertex(golden, network, features, "block" + block, "block" + block);
      }
    }
  }

  private static void assertVertex(
      SafetensorsFile golden, TimNetwork network, INDArray[] input, String vertex, String name) {
    INDArray expected = golden.read("8x8/" + name);
    INDArray actual = network.graph().output(List.of(vertex), false, input, null)[0];
    assertClose(expected, actual.reshape(expected.shape()), 2e-5);
  }

  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    assertArrayEquals(expected.shape(), actual.shape());
    INDArray reference = expected.castTo(DataType.DOUBLE);
    INDArray error = Transforms.abs(actual.castTo(DataType.DOUBLE).sub(reference), false);
    error.divi(Transforms.abs(reference, true).addi(1.0));
    double worst = error.maxNumber().doubleValue();
    assertTrue(worst <= tolerance, "error " + worst + " above " + tolerance);
  }
}
