package org.tim4j.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.cli.image.ImageGrid.Row;
import org.tim4j.layers.base.InvalidInputException;

class ImageGridTest {
  /** The number of pixels of a colour in an image. */
  private static long count(BufferedImage image, int colour) {
    long found = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        found += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void greyLevelsAreEnlargedAndClipped() {
    INDArray images = Nd4j.create(new float[] {-0.2f, 3, -0.2f, -5}, new int[] {2, 1, 1, 2}, 'c');
    BufferedImage grid = ImageGrid.draw(List.of(new Row("", images)), List.of("", ""));
    int enlarged = 24 * 24;
    assertEquals(2 * enlarged, count(grid, 0x666666));
    assertEquals(enlarged, count(grid, 0x000000));
  }

  @Test
  void colourChannelsAreRedGreenBlue() {
    INDArray images = Nd4j.create(new float[] {1, -1, -0.2f}, new int[] {1, 3, 1, 1}, 'c');
    BufferedImage grid = ImageGrid.draw(List.of(new Row("", images)), List.of(""));
    assertEquals(48 * 48, count(grid, 0xFF0066));
  }

  @Test
  void labelsAreDrawn() {
    INDArray white = Nd4j.ones(1, 1, 8, 8);
    BufferedImage blank = ImageGrid.draw(List.of(new Row("", white)), List.of(""));
    BufferedImage labelled = ImageGrid.draw(List.of(new Row("NFE 1", white)), List.of("seven"));
    assertEquals(0, count(blank, 0x000000));
    assertTrue(count(labelled, 0x000000) > 0);
    assertTrue(labelled.getWidth() > blank.getWidth());
  }

  @Test
  void unevenRowsAreRefused() {
    Row two = new Row("a", Nd4j.ones(2, 1, 8, 8));
    Row one = new Row("b", Nd4j.ones(1, 1, 8, 8));
    Row twoChannels = new Row("c", Nd4j.ones(1, 2, 8, 8));
    assertThrows(
        InvalidInputException.class, () -> ImageGrid.draw(List.of(two, one), List.of("0", "1")));
    assertThrows(
        InvalidInputException.class, () -> ImageGrid.draw(List.of(twoChannels), List.of("0")));
    assertThrows(InvalidInputException.class, () -> ImageGrid.draw(List.of(), List.of("0")));
  }
}
