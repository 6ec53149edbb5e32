package org.tim4j.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.image.ImageSet;
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
    return assertThrows(
            InvalidInputException.class,
            () -> new ImageFolder(folder, ImageReading.AS_STORED).load())
        .getMessage();
  }

  @Test
  void greyImagesBecomeOneChannelAsStored() throws IOException {
    for (String name : List.of("cat/a.png", "cat/b.png", "dog/a.PNG", "dog/b.png")) {
      write(name, BufferedImage.TYPE_BYTE_GRAY, 51, 204);
    }
    Files.writeString(folder.resolve("cat/notes.txt"), "not a picture");
    TrainTest data = new ImageFolder(folder, ImageReading.AS_STORED).load();
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
    TrainTest data = new ImageFolder(folder, ImageReading.AS_STORED).load();
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
        new ImageFolder(folder, ImageReading.AS_STORED)
            .load()
            .train()
            .images()
            .ravel()
            .toFloatVector(),
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
    writeBlank("a/2.png", 3, 3, "png");
    assertTrue(refusal().contains("2.png has 3x3 pixels and the pictures before it 1x2"));
    assertTrue(refusal().contains("--resize"));
  }

  private Path writeBlank(String name, int width, int height, String format) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), format, file.toFile());
    return file;
  }

  private TrainTest load(String reading) {
    return ImageSource.parse("folder:" + folder + reading).load();
  }

  @Test
  void imagesGetOneSizeByTakingTheMiddleOrSqueezing() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png")) {
      BufferedImage wide = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
      wide.getRaster().setPixels(0, 0, 4, 2, new int[] {0, 51, 102, 255, 0, 51, 102, 255});
      Files.createDirectories(folder.resolve("a"));
      ImageIO.write(wide, "png", folder.resolve(name).toFile());
    }
    writeBlank("a/3.png", 5, 9, "png");
    assertArrayEquals(new float[] {-0.6f, -0.2f, -0.6f, -0.2f}, first(load("?resize=2x2")), 1e-6f);
    // Weights 3/8, 3/8, 1/8 of a triangle two new pixels wide, over their sum 7/8.
    float left = (3 * -1f + 3 * -0.6f + -0.2f) / 7;
    float right = (-0.6f + 3 * -0.2f + 3 * 1f) / 7;
    assertArrayEquals(
        new float[] {left, right, left, right}, first(load("?resize=2x2,crop=none")), 1e-6f);
  }

  private static float[] first(TrainTest data) {
    ImageSet set = data.train();
    for (int i = 0; i < set.count(); i++) {
      float[] values = set.images().slice(i).ravel().toFloatVector();
      if (values[0] != -1 || values[1] != -1) {
        return values;
      }
    }
    throw new AssertionError("only the blank image is there");
  }

  @Test
  void resizingKeepsConstantImagesAndEnlargesSmoothly() {
    float[] plane = {-1, 1};
    Pixels image = new Pixels(1, 2, new float[][] {plane, plane, plane});
    Pixels large = image.resized(new ImageReading.Size(2, 4), ImageReading.Crop.CENTRE);
    assertArrayEquals(
        new float[] {-1, -0.5f, 0.5f, 1, -1, -0.5f, 0.5f, 1}, large.planes()[0], 1e-6f);
    float[] flat = {0.3f, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f};
    Pixels constant = new Pixels(3, 2, new float[][] {flat, flat, flat});
    for (float value :
        constant.resized(new ImageReading.Size(5, 7), ImageReading.Crop.NONE).planes()[2]) {
      assertEquals(0.3f, value, 1e-6f);
    }
  }

  @Test
  void readingIsPartOfTheNameAndComesBack() {
    for (String text :
        List.of(
            "",
            "?resize=32x32",
            "?resize=32x48,crop=none",
            "?resize=8x8,crop=none,skip-broken",
            "?resize=8x8,skip-broken",
            "?skip-broken")) {
      ImageReading.Named named = ImageReading.Named.parse("/data/what?" + text);
      assertEquals("/data/what?", named.folder());
      assertEquals(text, named.reading().toString());
    }
    assertThrows(InvalidInputException.class, () -> ImageReading.Size.parse("0"));
    assertThrows(InvalidInputException.class, () -> ImageReading.Size.parse("32x"));
    assertThrows(InvalidInputException.class, () -> ImageReading.Size.parse("5000"));
  }

  @Test
  void everyKindOfPngAndJpegIsRead() throws IOException {
    for (String name : List.of("a/1.png", "a/2.png")) { // grey with alpha, 16 bits a sample
      BufferedImage image =
          new BufferedImage(
              new ComponentColorModel(
                  ColorSpace.getInstance(ColorSpace.CS_GRAY),
                  true,
                  false,
                  Transparency.TRANSLUCENT,
                  DataBuffer.TYPE_USHORT),
              Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 2, 1, 2, null),
              false,
              null);
      image.getRaster().setPixels(0, 0, 2, 1, new int[] {13107, 65535, 52428, 65535});
      Files.createDirectories(folder.resolve("a"));
      assertTrue(ImageIO.write(image, "png", folder.resolve(name).toFile()));
    }
    assertArrayEquals(new float[] {-0.6f, 0.6f}, values(), 1e-6f);
    for (String name : List.of("a/1.png", "a/2.png")) { // palette
      byte[] levels = {51, (byte) 204};
      BufferedImage image =
          new BufferedImage(
              2,
              1,
              BufferedImage.TYPE_BYTE_INDEXED,
              new IndexColorModel(8, 2, levels, new byte[] {0, 0}, levels));
      image.getRaster().setPixels(0, 0, 2, 1, new int[] {0, 1});
      ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
    assertArrayEquals(new float[] {-0.6f, 0.6f, -1, -1, -0.6f, 0.6f}, values(), 1e-6f);
    for (String name : List.of("a/1.png", "a/2.png")) { // RGB, 16 bits a sample
      BufferedImage image =
          new BufferedImage(
              new ComponentColorModel(
                  ColorSpace.getInstance(ColorSpace.CS_sRGB),
                  false,
                  false,
                  Transparency.OPAQUE,
                  DataBuffer.TYPE_USHORT),
              Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, null),
              false,
              null);
      image.getRaster().setPixels(0, 0, 1, 1, new int[] {13107, 65535, 300});
      ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
    assertArrayEquals(new float[] {-0.6f, 1, 600f / 65535 - 1}, values(), 1e-6f);
    for (String name : List.of("a/1.png", "a/2.png")) { // a JPEG under a wrong name
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 256; i++) {
        image.setRGB(i % 16, i / 16, 0xC03020);
      }
      ImageIO.write(image, "jpg", folder.resolve(name).toFile());
    }
    float[] values = values();
    assertEquals(0xC0 / 127.5f - 1, values[0], 0.05f);
    assertEquals(0x20 / 127.5f - 1, values[2 * 256], 0.05f);
  }

  private float[] values() {
    return load("").train().images().ravel().toFloatVector();
  }

  @Test
  void everyTruncationOfAJpegIsRefused() throws IOException {
    Path file = writeBlank("a/1.jpg", 20, 12, "jpg");
    writeBlank("a/2.jpeg", 20, 12, "jpg");
    assertEquals(new ImageShape(1, 12, 20), load("").train().shape());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(refusal().contains("1.jpg"), "length " + length);
    }
  }

  @Test
  void brokenFilesAreNamedAndPassedOverOnRequest() throws IOException {
    for (String name : List.of("a/1.png", "a/5.png", "b/1.png", "b/2.png")) {
      write(name, BufferedImage.TYPE_BYTE_GRAY, 51, 204);
    }
    Files.write(folder.resolve("a/2.png"), new byte[] {1, 2, 3});
    Files.writeString(folder.resolve("a/3.gif"), "GIF89a");
    Files.createDirectory(folder.resolve("a/4.png"));
    Files.createDirectory(folder.resolve("c.png"));
    Files.createSymbolicLink(folder.resolve("b/3.png"), folder.resolve("nowhere.png"));
    Files.createSymbolicLink(folder.resolve("b/4.png"), folder.resolve("b/1.png"));
    Files.createDirectories(folder.resolve(".hidden"));
    Files.createDirectories(folder.resolve("__MACOSX"));
    Files.write(folder.resolve("a/.1.png"), new byte[] {0});
    Files.write(folder.resolve("a/Thumbs.db"), new byte[] {0});
    assertTrue(refusal().contains("--skip-broken"), refusal());
    List<String> notes = new ArrayList<>();
    TrainTest data = ImageSource.parse("folder:" + folder + "?skip-broken").load(notes::add);
    assertEquals(List.of("a", "b"), data.train().classNames());
    assertEquals(5, data.all().count());
    for (String name : List.of("2.png", "3.gif", "4.png", "c.png", "3.png")) {
      assertEquals(1, notes.stream().filter(note -> note.contains("/" + name + " ")).count(), name);
    }
    assertEquals("5 files were skipped", notes.get(5));
    assertEquals(6, notes.size());
  }

  @Test
  void imagesBesideClassesHaveNone() throws IOException {
    write("a/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    write("2.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    assertTrue(refusal().contains("2.png lies beside the folders of the classes"), refusal());
  }

  /** A few bytes that announce gigabytes: IHDR of a PNG, frame header of a JPEG. */
  @Test
  void enormousImagesAreRefusedByTheirHeader() throws IOException {
    Path png = write("a/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    byte[] content = Files.readAllBytes(png);
    ByteBuffer.wrap(content).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 checksum = new CRC32();
    checksum.update(content, 12, 17);
    ByteBuffer.wrap(content).putInt(29, (int) checksum.getValue());
    Files.write(png, content);
    assertTrue(refusal().contains("1.png announces 100000x100000 pixels"), refusal());
    Files.delete(png);
    Path jpeg = writeBlank("a/1.jpg", 20, 12, "jpg");
    content = Files.readAllBytes(jpeg);
    for (int i = 0; i < content.length - 9; i++) {
      if ((content[i] & 0xFF) == 0xFF && (content[i + 1] & 0xFF) == 0xC0) {
        ByteBuffer.wrap(content).putShort(i + 5, (short) 65_000).putShort(i + 7, (short) 64_000);
      }
    }
    Files.write(jpeg, content);
    assertTrue(refusal().contains("1.jpg announces 65000x64000 pixels"), refusal());
  }

  @Test
  void transparentPixelsAreRefused() throws IOException {
    write("a/1.png", BufferedImage.TYPE_INT_ARGB, 1, 2, 3, 255, 1, 2, 3, 128);
    assertTrue(refusal().contains("transparent"));
  }

  @Test
  void emptyOrMissingFoldersAreRefused() throws IOException {
    assertTrue(refusal().contains("no PNG or JPEG file in " + folder));
    Files.createDirectory(folder.resolve("empty"));
    assertTrue(refusal().contains("no PNG or JPEG file in the sub-folders of"));
    write("one/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 2);
    assertTrue(refusal().contains("class empty has 0 picture(s)"));
    ImageFolder missing = new ImageFolder(folder.resolve("missing"), ImageReading.AS_STORED);
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
    assertEquals(
        new ImageFolder(Path.of("C:/x"), ImageReading.AS_STORED), ImageSource.parse("folder:C:/x"));
  }
}
