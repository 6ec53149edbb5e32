package org.tim4j.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageShape;

class IdxFolderTest {
  private static final byte[] PIXELS = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};

  @TempDir Path folder;

  @BeforeEach
  void writeTwoByThreeImages() throws IOException {
    write("train-images-idx3-ubyte", idx(PIXELS, 1, 2, 3));
    write("train-labels-idx1-ubyte", idx(new byte[] {4}, 1));
    writeGzipped("t10k-images-idx3-ubyte.gz", idx(new byte[12], 2, 2, 3));
    writeGzipped("t10k-labels-idx1-ubyte.gz", idx(new byte[] {0, 6}, 2));
  }

  private static byte[] idx(byte[] values, int... extents) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * extents.length + values.length);
    buffer.putInt(0x800 | extents.length);
    for (int extent : extents) {
      buffer.putInt(extent);
    }
    return buffer.put(values).array();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private void writeGzipped(String name, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(content);
    }
  }

  private String refusal() {
    return assertThrows(InvalidInputException.class, () -> new IdxFolder(folder).load())
        .getMessage();
  }

  @Test
  void plainAndGzippedFilesAreRead() {
    TrainTest data = new IdxFolder(folder).load();
    assertEquals(new ImageShape(1, 2, 3), data.train().shape());
    assertArrayEquals(
        new float[] {-1, -0.6f, -0.2f, 0.2f, 0.6f, 1},
        data.train().images().ravel().toFloatVector(),
        1e-6f);
    assertArrayEquals(new int[] {4}, data.train().classes());
    assertArrayEquals(new int[] {0, 6}, data.test().classes());
    assertEquals(7, data.test().classNames().size());
  }

  @Test
  void namesOfKmnistAndEmnistAreUnderstood() throws IOException {
    Path emnist = Files.createDirectories(folder.resolve("emnist"));
    for (String set : new String[] {"emnist-letters", "emnist-digits"}) {
      byte first = (byte) (set.endsWith("letters") ? 1 : 0);
      write("emnist/" + set + "-train-images-idx3-ubyte", idx(PIXELS, 1, 2, 3));
      write("emnist/" + set + "-train-labels-idx1-ubyte", idx(new byte[] {first}, 1));
      writeGzipped("emnist/" + set + "-test-images-idx3-ubyte.gz", idx(new byte[12], 2, 2, 3));
      writeGzipped("emnist/" + set + "-test-labels-idx1-ubyte.gz", idx(new byte[] {26, first}, 2));
    }
    String several =
        assertThrows(InvalidInputException.class, () -> new IdxFolder(emnist).load()).getMessage();
    assertTrue(several.contains("holds 2 data sets; name one"), several);
    TrainTest letters = new IdxFolder(emnist.resolve("emnist-letters")).load();
    assertEquals(new ImageShape(1, 3, 2), letters.train().shape());
    assertArrayEquals( // EMNIST stores columns
        new float[] {-1, 0.2f, -0.6f, 0.6f, -0.2f, 1},
        letters.train().images().ravel().toFloatVector(),
        1e-6f);
    assertArrayEquals(new int[] {0}, letters.train().classes());
    assertArrayEquals(new int[] {25, 0}, letters.test().classes());
    assertEquals("1", letters.test().classNames().get(0));
    assertEquals(26, letters.test().classNames().size());
    assertEquals(
        27, new IdxFolder(emnist.resolve("emnist-digits")).load().test().classNames().size());
    Files.move(
        folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-images.idx3-ubyte"));
    assertEquals(1, new IdxFolder(folder).load().train().count());
  }

  @Test
  void enormousSizesAreRefusedByTheHeader() throws IOException {
    write("train-images-idx3-ubyte", idx(PIXELS, 1, 40_000, 40_000));
    assertTrue(refusal().contains("ends before"), refusal());
    byte[] zeros = new byte[2_000_000];
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    writeGzipped("train-images-idx3-ubyte.gz", idx(zeros, 1, 40_000, 40_000));
    assertTrue(refusal().contains("ends before"), refusal());
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    assertTrue(refusal().contains("no t10k-labels-idx1-ubyte"));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = idx(PIXELS, 1, 2, 3);
    for (int length = 0; length < whole.length; length++) {
      write("train-images-idx3-ubyte", Arrays.copyOf(whole, length));
      assertTrue(refusal().contains("train-images-idx3-ubyte ends before"), "length " + length);
    }
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    write("train-images-idx3-ubyte", Arrays.copyOf(idx(PIXELS, 1, 2, 3), 23));
    assertTrue(refusal().contains("goes on after"));
  }

  @Test
  void foreignStartIsRefused() throws IOException {
    write("train-images-idx3-ubyte", "PNG or whatever".getBytes("US-ASCII"));
    assertTrue(refusal().contains("starts with 504e4720"));
  }

  @Test
  void impossibleExtentsAreRefused() throws IOException {
    write("train-images-idx3-ubyte", idx(PIXELS, 1 << 20, 1 << 20, 1 << 20));
    assertTrue(refusal().contains("below 2^31"));
    write("train-images-idx3-ubyte", idx(PIXELS, -1, 2, 3));
    assertTrue(refusal().contains("must be positive"));
  }

  @Test
  void damagedCompressionIsRefused() throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve("t10k-images-idx3-ubyte.gz"));
    write("t10k-images-idx3-ubyte.gz", Arrays.copyOf(content, content.length - 9));
    assertTrue(refusal().contains("t10k-images-idx3-ubyte.gz"));
    content[12] ^= 0x55;
    write("t10k-images-idx3-ubyte.gz", content);
    assertTrue(refusal().contains("t10k-images-idx3-ubyte.gz"));
  }

  @Test
  void partsThatDoNotFitAreRefused() throws IOException {
    write("train-labels-idx1-ubyte", idx(new byte[] {1, 2}, 2));
    assertTrue(refusal().contains("1 pictures but 2 labels"));
    write("train-labels-idx1-ubyte", idx(new byte[] {1}, 1));
    writeGzipped("t10k-images-idx3-ubyte.gz", idx(new byte[12], 2, 3, 2));
    assertTrue(refusal().contains("both must have one size"));
  }
}
