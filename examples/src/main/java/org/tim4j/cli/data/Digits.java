package org.tim4j.cli.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.image.ImageShape;

/**
 * The bundled handwritten digits: 1,797 grey images of 8×8 pixels in ten classes (UCI Optical
 * Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, CC BY 4.0). Pixel values 0 to
 * 16 become v/8 − 1.
 */
public record Digits() implements ImageSource {
  private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
  private static final int CLASSES = 10;

  @Override
  public TrainTest load(Consumer<String> notes) {
    return StratifiedSplit.of(read());
  }

  /** All images in the order of the file. */
  static ImageSet read() {
    List<String> lines = lines();
    int pixels = SHAPE.pixels();
    float[] values = new float[lines.size() * pixels];
    int[] classes = new int[lines.size()];
    for (int row = 0; row < classes.length; row++) {
      String[] cells = lines.get(row).split(",");
      for (int i = 0; i < pixels; i++) {
        values[row * pixels + i] = Integer.parseInt(cells[i]) / 8f - 1;
      }
      classes[row] = Integer.parseInt(cells[pixels].substring(1));
    }
    List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    return ImageSet.of(values, SHAPE, classes, names);
  }

  private static List<String> lines() {
    try (InputStream resource = Digits.class.getResourceAsStream("digits.csv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
      return reader.lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
