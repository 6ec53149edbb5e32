package org.tim4j.objective.training;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.image.ImageSet;

/**
 * Training examples.
 *
 * @param x data, {@code [batch, channels, height, width]} or {@code [batch, tokens, features]}
 * @param condition class indices {@code [batch, 1]}, vectors {@code [batch, dim]}, caption features
 *     {@code [batch, tokens, dim]}, or null for an unconditional network
 * @param features features {@code [batch, tokens, dim]} of a pretrained encoder that a network with
 *     a representation head is aligned with, or null for no alignment
 */
public record Examples(INDArray x, INDArray condition, INDArray features) {
  /**
   * @throws InvalidInputException if there are no examples, or conditions or features do not have
   *     one row for each
   */
  public Examples {
    Require.present("the examples' data", x);
    if (x.isEmpty() || x.size(0) == 0) {
      throw new InvalidInputException("there are no examples; give at least one");
    }
    requireRows("conditions", condition, x);
    requireRows("features", features, x);
  }

  /** Makes examples without features to align with. */
  public Examples(INDArray x, INDArray condition) {
    this(x, condition, null);
  }

  /** Makes examples of images, with their classes as conditions. */
  public static Examples of(ImageSet images) {
    double[] classes = Arrays.stream(images.classes()).asDoubleStream().toArray();
    INDArray x = images.images();
    return new Examples(
        x, Nd4j.createFromArray(classes).castTo(x.dataType()).reshape(classes.length, 1));
  }

  /** Number of examples. */
  public int size() {
    return Math.toIntExact(x.size(0));
  }

  private static void requireRows(String name, INDArray rows, INDArray x) {
    if (rows != null && rows.size(0) != x.size(0)) {
      throw new InvalidInputException(
          x.size(0) + " examples came with " + rows.size(0) + " " + name + "; give one each");
    }
  }
}
