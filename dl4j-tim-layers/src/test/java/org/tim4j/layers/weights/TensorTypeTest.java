package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;

class TensorTypeTest {
  @TempDir Path folder;

  private SafetensorsFile open(TensorType type, int elements, int... bytes) {
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(type, elements, bytes.length);
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return SafetensorsFile.open(SafetensorsBytes.write(folder, SafetensorsBytes.of(header, data)));
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfTheFormatIsListed(TensorType type) {
    // Four elements of 4 or 6 bits take 2 or 3 bytes.
    try (SafetensorsFile file = open(type, 4, new int[4 * type.bits() / 8])) {
      assertEquals(new TensorInfo("x", type, new long[] {4}), file.info("x"));
      assertEquals(4L * type.bits() / 8, file.info("x").byteLength());
      if (type.isReadable()) {
        assertEquals(Nd4j.zeros(type.dataType(), 4), file.read("x"));
      } else {
        SafetensorsException error = assertThrows(SafetensorsException.class, () -> file.read("x"));
        assertTrue(error.getMessage().contains("can be listed, but not read"), error.getMessage());
      }
    }
  }

  @Test
  void wholeNumbersOfEverySizeAreRead() {
    try (SafetensorsFile file = open(TensorType.I8, 3, 0x7F, 0x80, 0xFF)) {
      assertArrayEquals(new long[] {127, -128, -1}, file.longs("x"));
      assertEquals(DataType.INT8, file.read("x").dataType());
    }
    try (SafetensorsFile file = open(TensorType.I16, 2, 0xFE, 0xFF, 0x00, 0x80)) {
      assertArrayEquals(new long[] {-2, -32768}, file.longs("x"));
    }
    try (SafetensorsFile file = open(TensorType.U16, 2, 0xFE, 0xFF, 0x00, 0x80)) {
      assertArrayEquals(new long[] {65534, 32768}, file.longs("x"));
      assertEquals(65534, file.read("x").getLong(0));
    }
  }

  /** Values of the tables of Micikevicius et al. 2022. */
  @Test
  void eightBitNumbersAreRead() {
    try (SafetensorsFile file = open(TensorType.F8_E4M3, 6, 0x38, 0x7E, 0x01, 0x08, 0xC4, 0x7F)) {
      assertArrayEquals(
          new double[] {1, 448, 0x1p-9, 0x1p-6, -3, Double.NaN}, file.doubles("x"), 0);
    }
    try (SafetensorsFile file = open(TensorType.F8_E5M2, 5, 0x3C, 0x7B, 0x01, 0xC2, 0x7C)) {
      assertArrayEquals(
          new double[] {1, 57344, 0x1p-16, -3, Double.POSITIVE_INFINITY}, file.doubles("x"), 0);
    }
  }

  /** Each of the 65,536 numbers survives the way to FLOAT and back. */
  @Test
  void halfPrecisionGoesThereAndBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertEquals((short) bits, HalfPrecision.fromFloat(value), Integer.toHexString(bits));
      }
    }
    assertTrue(Float.isNaN(HalfPrecision.toFloat(HalfPrecision.fromFloat(Float.NaN))));
  }

  /** The midpoint of neighbours goes to the even one, anything beside it to the nearer. */
  @Test
  void halfPrecisionRoundsToTheNearestEven() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      float low = HalfPrecision.toFloat((short) bits);
      float high = HalfPrecision.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals(even, HalfPrecision.fromFloat(middle));
      assertEquals(bits, HalfPrecision.fromFloat(Math.nextDown(middle)));
      assertEquals(bits + 1, HalfPrecision.fromFloat(Math.nextUp(middle)));
    }
  }

  @Test
  void halfPrecisionIsWrittenAndRead() {
    Path path = folder.resolve("half.safetensors");
    TensorInfo info = new TensorInfo("x", TensorType.F16, new long[] {2, 2});
    new SafetensorsWriter()
        .tensor(info, () -> Nd4j.createFromArray(new float[][] {{1, -0.5f}, {65504, 0x1p-24f}}))
        .write(path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(info, file.info("x"));
      assertArrayEquals(new double[] {1, -0.5, 65504, 0x1p-24}, file.doubles("x"), 0);
    }
    SafetensorsWriter tooLarge =
        new SafetensorsWriter()
            .tensor(
                new TensorInfo("x", TensorType.F16, new long[] {1}),
                () -> Nd4j.createFromArray(65520f));
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> tooLarge.write(path));
    assertTrue(error.getMessage().contains("no F16 number is larger than 65504"));
  }
}
