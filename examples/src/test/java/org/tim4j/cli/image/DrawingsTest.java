package org.tim4j.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class DrawingsTest {
  @TempDir Path folder;

  @Test
  void withoutFontsPlotsAreLeftOutAndTheGridHasNoLabels() {
    List<String> notes = new ArrayList<>();
    Drawings drawings = new Drawings(notes::add, Optional.of("no font configuration"));
    drawings.plot(folder.resolve("plot.png"), () -> fail("nothing can be drawn"));
    List<ImageGrid.Row> rows = List.of(new ImageGrid.Row("NFE 1", Nd4j.ones(2, 1, 8, 8).neg()));
    assertFalse(Files.exists(folder.resolve("plot.png")));
    BufferedImage drawn = drawings.grid(rows, List.of("cat", "dog"));
    assertEquals(6 + 2 * 50 + 6, drawn.getWidth());
    assertEquals(6 + 50 + 6, drawn.getHeight());
    assertEquals(0xFF000000, drawn.getRGB(6, 6));
    assertEquals(0xFFFFFFFF, drawn.getRGB(5, 5));
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("no fonts (no font configuration)"), notes.get(0));
  }

  @Test
  void withFontsPlotsAreWrittenAndNothingIsSaid() {
    Drawings drawings = new Drawings(note -> fail(note), Optional.empty());
    drawings.plot(
        folder.resolve("plot.png"), () -> new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
    assertTrue(Files.exists(folder.resolve("plot.png")));
  }
}
