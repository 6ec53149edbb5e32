package org.tim4j.layers.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;

/**
 * A damaged file is refused on opening, with one line that says what is wrong, before a tensor can
 * be read. The loops make 1,100 files of nine kinds.
 */
@Timeout(300)
class DamagedSafetensorsTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("tim.golden"), "net_t2i.weights.safetensors");

  @TempDir Path folder;
  private final RandomStream draws = RandomStream.of(20250904, 0, Purpose.EVALUATION);
  private byte[] original;
  private int headerLength;

  @BeforeEach
  void readOriginal() throws IOException {
    original = Files.readAllBytes(GOLDEN);
    headerLength = (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /**
   * A flip within the name of a tensor can leave a valid file; it then differs in that name alone,
   * which loading into a network reports.
   */
  @Test
  void threeHundredBitFlipsInTheHeaderAreRefusedOrRenameOneTensor() {
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      Path damaged = write(flipped(0, 8 + headerLength));
      if (isRefused(damaged)) {
        refused++;
      } else {
        assertOneTensorRenamed(damaged);
      }
    }
    assertTrue(refused > 150, "only " + refused + " of 300 were refused");
  }

  /** The format has no checksums: a flip among the values is read as another value. */
  @Test
  void oneHundredBitFlipsInTheDataChangeOneTensor() {
    try (SafetensorsFile sound = SafetensorsFile.open(GOLDEN)) {
      for (int i = 0; i < 100; i++) {
        try (SafetensorsFile damaged =
            SafetensorsFile.open(write(flipped(8 + headerLength, original.length)))) {
          assertEquals(sound.tensors(), damaged.tensors());
          assertEquals(
              1, sound.tensors().stream().filter(info -> differ(info, sound, damaged)).count());
        }
      }
    }
  }

  @Test
  void twoHundredTruncationsAreRefused() {
    for (int i = 0; i < 200; i++) {
      int length = i < 20 ? i : draws.nextInt(original.length);
      assertRefused(Arrays.copyOf(original, length));
    }
  }

  @Test
  void oneHundredAnnouncedHeaderLengthsAreRefused() {
    for (int i = 0; i < 100; i++) {
      byte[] damaged = original.clone();
      long length = i % 2 == 0 ? draws.nextLong() : draws.nextInt(200_000_000);
      ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      assertRefused(damaged);
    }
  }

  @Test
  void oneHundredOverlapsAndHolesAreRefused() {
    for (int i = 0; i < 100; i++) {
      int bytes = 4 * (2 + draws.nextInt(30));
      int shift = 1 + draws.nextInt(bytes);
      int begin = i % 2 == 0 ? bytes + shift : bytes - shift;
      String header =
          "{\"a\":%s,\"b\":%s}"
              .formatted(entry(bytes / 4, 0, bytes), entry(bytes / 4, begin, begin + bytes));
      assertRefused(SafetensorsBytes.of(header, new byte[begin + bytes]));
    }
  }

  @Test
  void oneHundredWrongTypesAreRefused() {
    List<String> sameWidth = List.of("U24", "f32", "F32 ", "", "FLOAT", "F8_E4M3", "null", "I16");
    for (int i = 0; i < 100; i++) {
      String type =
          i % 2 == 0
              ? sameWidth.get(draws.nextInt(sameWidth.size()))
              : List.of("F64", "F16", "BF16", "I64", "U8", "BOOL").get(draws.nextInt(6));
      int count = 1 + draws.nextInt(9);
      String header =
          "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
              .formatted(type, count, 4 * count);
      assertRefused(SafetensorsBytes.of(header, new byte[4 * count]));
    }
  }

  /** Among them extents whose product overflows to the number of bytes that are there. */
  @Test
  void fiftyGiantShapesAreRefused() {
    for (int i = 0; i < 50; i++) {
      long extent = i % 2 == 0 ? draws.nextLong() >>> 1 : 1L << 20 + draws.nextInt(40);
      long other = i % 3 == 0 ? 1L << 62 : 1 + (draws.nextLong() >>> 2);
      String header =
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,0]}}"
              .formatted(extent, other);
      assertRefused(SafetensorsBytes.of(header));
    }
  }

  @Test
  void fiftyRunsOfRandomBytesAreRefused() {
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[draws.nextInt(2000)];
      draws.nextBytes(noise);
      assertRefused(i % 2 == 0 ? noise : SafetensorsBytes.of(noise.length, noise));
    }
  }

  @Test
  void oneHundredNestedHeadersAreRefused() {
    for (int i = 0; i < 100; i++) {
      int depth = 1 + draws.nextInt(100_000);
      String open = i % 2 == 0 ? "{\"a\":" : "[";
      String header = i % 3 == 0 ? "{\"a\":{\"shape\":" + open.repeat(depth) : open.repeat(depth);
      assertRefused(SafetensorsBytes.of(header + "}"));
    }
  }

  @Test
  void bytesBehindTheLastTensorAreRefused() {
    String message = assertRefused(Arrays.copyOf(original, original.length + 1));
    assertTrue(message.contains("longer than its header says"), message);
  }

  /** A sparse file, so that the announced header is there but takes no room on disk. */
  @Test
  void longestHeaderIsParsedAndOneByteMoreIsNot() throws IOException {
    for (int excess = 0; excess < 2; excess++) {
      Path path =
          write(SafetensorsBytes.of(100_000_000 + excess, "{".getBytes(StandardCharsets.UTF_8)));
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.write(
            ByteBuffer.wrap("}".getBytes(StandardCharsets.UTF_8)), 8 + 99_999_999 + excess);
      }
      String message = refusal(path).getMessage();
      assertEquals(excess == 0, message.contains("not valid JSON"), message);
      assertEquals(excess == 1, message.contains("at most 100000000 are allowed"), message);
    }
  }

  private static String entry(int count, int begin, int end) {
    return "{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
        .formatted(count, begin, end);
  }

  private byte[] flipped(int from, int to) {
    byte[] damaged = original.clone();
    damaged[from + draws.nextInt(to - from)] ^= (byte) (1 << draws.nextInt(8));
    return damaged;
  }

  private Path write(byte[] content) {
    return SafetensorsBytes.write(folder, content);
  }

  private static SafetensorsException refusal(Path path) {
    return assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(path).close());
  }

  private String assertRefused(byte[] content) {
    String message = refusal(write(content)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static boolean isRefused(Path path) {
    try {
      SafetensorsFile.open(path).close();
      return false;
    } catch (SafetensorsException e) {
      return true;
    }
  }

  private static void assertOneTensorRenamed(Path path) {
    try (SafetensorsFile sound = SafetensorsFile.open(GOLDEN);
        SafetensorsFile damaged = SafetensorsFile.open(path)) {
      Set<TensorInfo> gone = new HashSet<>(sound.tensors());
      damaged.tensors().forEach(gone::remove);
      Set<TensorInfo> come = new HashSet<>(damaged.tensors());
      sound.tensors().forEach(come::remove);
      assertEquals(1, gone.size());
      assertEquals(1, come.size());
      TensorInfo before = gone.iterator().next();
      TensorInfo after = come.iterator().next();
      assertEquals(before.type(), after.type());
      assertArrayEquals(before.shape(), after.shape());
      assertArrayEquals(sound.doubles(before.name()), damaged.doubles(after.name()));
    }
  }

  private static boolean differ(TensorInfo info, SafetensorsFile left, SafetensorsFile right) {
    return !Arrays.equals(left.doubles(info.name()), right.doubles(info.name()));
  }
}
