package org.tim4j.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageShape;

class ImageFolderTest {
  @TempDir Path folder;

  private Path write(String name, int type, int... samples) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.getRaster().setPixels(0, 0, 2, 1, samples);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private String refusal() {
    return assertThrows(InvalidInputException.class, () -> new ImageFolder(folder).load())
        .getMessage();
  }

  @Test
  void greyImagesBecomeOneChannelAsStored() throws IOException {
    for (String name : List.of("cat/a.png", "cat/b.png", "dog/a.PNG", "dog/b.png")) {
      write(name, BufferedImage.TYPE_BYTE_GRAY, 51, 204);
    }
    Files.writeString(folder.resolve("cat/notes.txt"), "not a picture");
    TrainTest data = new ImageFolder(folder).load();
    assertEquals(List.of("cat", "dog"), data.train().classNames());
    assertEquals(new ImageShape(1, 1, 2), data.train().shape());
    assertArrayEquals(new int[] {0, 1}, data.train().classes());
    assertArrayEquals(new int[] {0, 1}, data.test().classes());
    assertArrayEquals(
        new float[] {-0.6f, 0.6f, -0.6f, 0.6f},
        data.train().images().ravel().toFloatVector(),
        1e-6f);
  }

  @Test
  void colourKeepsPlanesApart() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png")) {
      write(name, BufferedImage.TYPE_INT_RGB, 255, 0, 51, 0, 255, 204);
    }
    TrainTest data = new ImageFolder(folder).load();
    assertEquals(new ImageShape(3, 1, 2), data.train().shape());
    assertArrayEquals(
        new float[] {1, -1, -1, 1, -0.6f, 0.6f},
        data.train().images().ravel().toFloatVector(),
        1e-6f);
  }

  @Test
  void sixteenBitGreyUsesItsWholeRange() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png")) {
      write(name, BufferedImage.TYPE_USHORT_GRAY, 0, 65535);
    }
    assertArrayEquals(
        new float[] {-1, 1},
        new ImageFolder(folder).load().train().images().ravel().toFloatVector(),
        1e-6f);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = write("a/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    write("a/2.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(refusal().contains("1.png"), "length " + length);
    }
  }

  @Test
  void everyFlippedByteIsRefused() throws IOException {
    Path file = write("a/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    write("a/2.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0xFF;
      Files.write(file, damaged);
      assertTrue(refusal().contains("1.png"), "byte " + i);
    }
  }

  @Test
  void unequalSizesAreRefused() throws IOException {
    write("a/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    ImageIO.write(
        new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.resolve("a/2.png").toFile());
    assertTrue(refusal().contains("2.png has 3x3 pixels and the pictures before it 1x2"));
  }

  @Test
  void transparentPixelsAreRefused() throws IOException {
    write("a/1.png", BufferedImage.TYPE_INT_ARGB, 1, 2, 3, 255, 1, 2, 3, 128);
    assertTrue(refusal().contains("transparent"));
  }

  @Test
  void emptyOrMissingFoldersAreRefused() throws IOException {
    assertTrue(refusal().contains("has no sub-folders"));
    Files.createDirectory(folder.resolve("empty"));
    assertTrue(refusal().contains("no PNG file"));
    write("one/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    assertTrue(refusal().contains("class empty has 0 picture(s)"));
    ImageFolder missing = new ImageFolder(folder.resolve("missing"));
    assertTrue(
        assertThrows(InvalidInputException.class, missing::load)
            .getMessage()
            .contains("cannot list the folder"));
  }

  @Test
  void unknownNamesAreRefused() {
    for (String name : List.of("mnist", "idx", "idx:", "folder:", "", "digits:")) {
      String message =
          assertThrows(InvalidInputException.class, () -> ImageSource.parse(name)).getMessage();
      assertEquals("unknown data set '" + name + "'; give digits, idx:DIR or folder:DIR", message);
    }
    assertEquals(new IdxFolder(Path.of("/data")), ImageSource.parse("idx:/data"));
    assertEquals(new ImageFolder(Path.of("C:/x")), ImageSource.parse("folder:C:/x"));
  }
}
