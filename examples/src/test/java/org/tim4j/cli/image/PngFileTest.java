package org.tim4j.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tim4j.layers.base.InvalidInputException;

class PngFileTest {
  @TempDir Path folder;

  @Test
  void pixelsAndTextsComeBack() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0x123456);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("tim.seed", "42");
    texts.put("tim.model", "out/modèle");
    Path file = folder.resolve("grid.png");
    PngFile.write(file, image, texts);
    assertEquals(texts, PngFile.texts(file));
    assertEquals(0x123456, ImageIO.read(file.toFile()).getRGB(1, 1) & 0xFFFFFF);
  }

  @Test
  void unwritablePlacesAreRefused() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertThrows(
        InvalidInputException.class,
        () -> PngFile.write(folder.resolve("none/grid.png"), image, Map.of()));
    assertThrows(InvalidInputException.class, () -> PngFile.texts(folder.resolve("none.png")));
  }
}
