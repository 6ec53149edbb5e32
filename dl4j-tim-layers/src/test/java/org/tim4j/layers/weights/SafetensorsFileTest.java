package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SafetensorsFileTest {
  private static final Path GOLDEN = Path.of(System.getProperty("tim.golden"));

  @TempDir Path folder;

  static List<Path> goldenFiles() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void everyTensorOfEveryReferenceFileIsRead(Path golden) {
    try (SafetensorsFile file = SafetensorsFile.open(golden)) {
      assertFalse(file.tensors().isEmpty());
      for (TensorInfo info : file.tensors()) {
        INDArray array = file.read(info.name());
        assertArrayEquals(info.shape(), array.shape(), info.name());
        assertEquals(info.type().dataType(), array.dataType(), info.name());
        assertArrayEquals(
            file.doubles(info.name()), array.dup('c').ravel().toDoubleVector(), 0.0, info.name());
      }
    }
  }

  @Test
  void referenceValuesAreTheExpectedOnes() {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("weights.safetensors"))) {
      assertEquals(new TensorInfo("t", TensorType.F64, new long[] {20}), file.info("t"));
      assertEquals(TensorType.I64, file.info("n_diffusion").type());
      assertEquals(file.longs("n_diffusion")[0], file.read("n_diffusion").getLong(0));
      assertTrue(file.contains("loss"));
      assertFalse(file.contains("lost"));
      assertEquals(Map.of(), file.metadata());
    }
  }

  @Test
  void valuesOfEveryTypeAreReadLittleEndianAndUnaligned() {
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"f64\":{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[1,17]},"
            + "\"f32\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[17,21]},"
            + "\"f16\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[21,25]},"
            + "\"bf16\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[25,27]},"
            + "\"i64\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[27,35]},"
            + "\"i32\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[35,39]},"
            + "\"bool\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[39,41]},"
            + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[41,41]},"
            + "\"__metadata__\":{\"note\":\"é\"}}   ";
    byte[] data =
        ByteBuffer.allocate(41)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 200)
            .putDouble(Math.PI)
            .putDouble(-0.0)
            .putFloat(1.5e-45f)
            .putShort((short) 0x3555)
            .putShort((short) 0xC000)
            .putShort((short) 0x4049)
            .putLong(Long.MIN_VALUE + 1)
            .putInt(-7)
            .put((byte) 0)
            .put((byte) 1)
            .array();
    try (SafetensorsFile file = open(SafetensorsBytes.of(header, data))) {
      assertEquals(Map.of("note", "é"), file.metadata());
      assertEquals(200, file.read("a").getInt(0));
      assertArrayEquals(new double[] {Math.PI, -0.0}, file.doubles("f64"));
      assertArrayEquals(new double[] {Math.PI, -0.0}, file.read("f64").ravel().toDoubleVector());
      assertEquals(1.5e-45f, file.read("f32").getFloat(0));
      assertArrayEquals(new float[] {0.333251953125f, -2}, file.read("f16").toFloatVector());
      assertArrayEquals(new float[] {3.140625f}, file.read("bf16").toFloatVector());
      assertArrayEquals(new long[] {Long.MIN_VALUE + 1}, file.longs("i64"));
      assertEquals(Long.MIN_VALUE + 1, file.read("i64").getLong());
      assertEquals(0, file.read("i64").rank());
      assertEquals(-7, file.read("i32").getInt(0));
      assertArrayEquals(new double[] {0, 1}, file.doubles("bool"));
      assertEquals(DataType.BOOL, file.read("bool").dataType());
      assertArrayEquals(new long[] {0, 3}, file.read("none").shape());
      assertArrayEquals(new double[0], file.doubles("none"));
      assertEquals(DataType.DOUBLE, file.read("f32", DataType.DOUBLE).dataType());
    }
  }

  /** Values from the definition of binary16 in IEEE 754-2019, section 3.6. */
  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x0001, 5.9604645e-8",
    "0x03FF, 6.097555e-5",
    "0x0400, 6.1035156e-5",
    "0x3C00, 1",
    "0x3C01, 1.0009766",
    "0x7BFF, 65504",
    "0xFBFF, -65504",
    "0x7C00, Infinity",
    "0xFC00, -Infinity",
    "0x7E00, NaN",
    "0x8001, -5.9604645e-8"
  })
  void halfPrecisionIsWidenedExactly(String half, float expected) {
    assertEquals(expected, HalfPrecision.toFloat((short) (int) Integer.decode(half)));
  }

  /** A sparse file: the 2.5 GB take no room on disk. */
  @Test
  void tensorsBehindTheFirstTwoGigabytesAreRead() throws IOException {
    long padding = 2_500_000_000L;
    byte[] header =
        ("{\"padding\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"last\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[%d,%d]}}")
            .formatted(padding, padding, padding, padding + 8)
            .getBytes();
    Path path = SafetensorsBytes.write(folder, SafetensorsBytes.of(header.length, header));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1234567);
      channel.write(value, 8 + header.length + padding);
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertArrayEquals(new long[] {1234567}, file.longs("last"));
      SafetensorsException refusal =
          assertThrows(SafetensorsException.class, () -> file.longs("padding"));
      assertTrue(refusal.getMessage().contains("larger than 2 GB"), refusal.getMessage());
    }
  }

  @Test
  void unknownNamesAndWrongKindsAreRefused() {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDEN.resolve("weights.safetensors"))) {
      assertThrows(SafetensorsException.class, () -> file.read("nothing"));
      assertThrows(SafetensorsException.class, () -> file.longs("t"));
    }
  }

  @Test
  void missingFilesAndFoldersAreRefused() {
    Path missing = folder.resolve("missing.safetensors");
    String message =
        assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(missing)).getMessage();
    assertEquals(missing + ": there is no such file", message);
    assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(folder));
  }

  private SafetensorsFile open(byte[] content) {
    return SafetensorsFile.open(SafetensorsBytes.write(folder, content));
  }
}
