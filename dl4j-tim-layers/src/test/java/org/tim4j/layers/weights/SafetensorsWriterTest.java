package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

class SafetensorsWriterTest {
  private static final Path GOLDEN = Path.of(System.getProperty("tim.golden"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"net_t2i.weights", "net_A.weights", "train_otfm.grads", "transports"})
  void referenceFilesSurviveARoundTripBitForBit(String name) throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    try (SafetensorsFile original = SafetensorsFile.open(GOLDEN.resolve(name + ".safetensors"))) {
      SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
      for (TensorInfo info : original.tensors()) {
        writer.tensor(info.name(), original.read(info.name()));
      }
      writer.write(copy);
      try (SafetensorsFile written = SafetensorsFile.open(copy)) {
        assertEquals(original.tensors().size(), written.tensors().size());
        assertEquals(Map.of("format", "pt"), written.metadata());
        for (TensorInfo info : original.tensors()) {
          assertEquals(info, written.info(info.name()));
          assertArrayEquals(original.doubles(info.name()), written.doubles(info.name()));
        }
      }
    }
  }

  @Test
  void valuesThatAreEasilyLostKeepTheirBits() {
    float[] values = {Float.NaN, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
    Path path = folder.resolve("odd.safetensors");
    new SafetensorsWriter().tensor("odd", Nd4j.createFromArray(values)).write(path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      float[] read = file.read("odd").toFloatVector();
      for (int i = 0; i < values.length; i++) {
        assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(read[i]));
      }
    }
  }

  @Test
  void viewsTransposesScalarsAndEmptyArraysAreWrittenInRowMajorOrder() {
    INDArray matrix = RandomStream.of(1, 0, Purpose.PARAMETERS).gaussians(DataType.DOUBLE, 3, 4);
    Path path = folder.resolve("views.safetensors");
    new SafetensorsWriter()
        .tensor("transposed", matrix.transpose())
        .tensor("column", matrix.getColumn(1))
        .tensor("f", matrix.dup('f'))
        .tensor("scalar", Nd4j.scalar(2.5f))
        .tensor("empty", Nd4j.create(DataType.FLOAT, 0, 3))
        .write(path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertSame(matrix.transpose(), file.read("transposed"));
      assertSame(matrix.getColumn(1), file.read("column"));
      assertSame(matrix, file.read("f"));
      assertEquals(2.5f, file.read("scalar").getFloat());
      assertArrayEquals(new long[] {0, 3}, file.read("empty").shape());
    }
  }

  /** 20 million elements are more than one of the pieces that are converted at a time. */
  @Test
  void tensorsOfSeveralPiecesAreWritten() {
    INDArray large = Nd4j.arange(20_000_000).castTo(DataType.FLOAT).reshape(4000, 5000);
    Path path = folder.resolve("large.safetensors");
    new SafetensorsWriter().tensor("large", large).write(path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertSame(large, file.read("large"));
    }
  }

  private static void assertSame(INDArray expected, INDArray actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertArrayEquals(
        expected.dup('c').ravel().toDoubleVector(), actual.dup('c').ravel().toDoubleVector());
  }

  @Test
  void sameContentGivesSameBytesInAnyOrderAndDataAreAligned() throws IOException {
    List<String> names = new ArrayList<>(List.of("b", "a", "é", "d/e", "quote\"d"));
    Path first = folder.resolve("first.safetensors");
    Path second = folder.resolve("second.safetensors");
    write(first, names);
    Collections.reverse(names);
    write(second, names);
    byte[] bytes = Files.readAllBytes(first);
    assertArrayEquals(bytes, Files.readAllBytes(second));
    assertEquals(0, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
  }

  private static void write(Path path, List<String> names) {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : names) {
      DataType type = name.length() == 1 ? DataType.FLOAT : DataType.DOUBLE;
      writer.tensor(name, Nd4j.scalar(type, name.hashCode()).reshape(1));
      writer.metadata(name, "value of " + name);
    }
    writer.write(path);
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path path = folder.resolve("kept.safetensors");
    new SafetensorsWriter().tensor("old", Nd4j.scalar(1f)).write(path);
    byte[] before = Files.readAllBytes(path);
    TensorInfo promised = new TensorInfo("x", TensorType.F32, new long[] {2});
    SafetensorsWriter broken =
        new SafetensorsWriter()
            .tensor("a", Nd4j.scalar(2f))
            .tensor(promised, () -> Nd4j.createFromArray(1f, 2f, 3f));
    assertThrows(InvalidInputException.class, () -> broken.write(path));
    assertArrayEquals(before, Files.readAllBytes(path));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    SafetensorsWriter writer = new SafetensorsWriter().tensor("a", Nd4j.scalar(1f));
    assertThrows(InvalidInputException.class, () -> writer.tensor("a", Nd4j.scalar(2f)));
    assertThrows(InvalidInputException.class, () -> writer.tensor("b", Nd4j.scalar(2)));
    Path nowhere = folder.resolve("missing").resolve("file.safetensors");
    SafetensorsException refusal =
        assertThrows(SafetensorsException.class, () -> writer.write(nowhere));
    assertTrue(refusal.getMessage().contains("folder does not exist"), refusal.getMessage());
  }
}
