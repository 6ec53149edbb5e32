package org.tim4j.objective.training;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.image.ImageSet;

/**
 * Training examples.
 *
 * @param x data, {@code [batch, channels, height, width]} or {@code [batch, tokens, features]}
 * @param condition class indices {@code [batch, 1]}, vectors {@code [batch, dim]}, caption features
 *     {@code [batch, tokens, dim]}, or null for an unconditional network
 * @param features features {@code [batch, tokens, dim]} of a pretrained encoder that a network with
 *     a representation head is aligned with, or null for no alignment
 * @param nullCondition the condition that says nothing, in the shape of one row of {@code
 *     condition}: what examples are shown whose condition is dropped out, and guided away from in
 *     training. Give a text encoder's features of the empty caption here; null for the network's
 *     own, which is the null class, or zeros
 */
public record Examples(INDArray x, INDArray condition, INDArray features, INDArray nullCondition) {
  /**
   * @throws InvalidInputException if there are no examples, if they are no floating-point numbers,
   *     if conditions or features do not have one row for each, or if the null condition has not
   *     the shape of a condition
   */
  public Examples {
    Require.present("the examples' data", x);
    if (!x.dataType().isFPType()) {
      throw new InvalidInputException(
          "the examples are numbers of type "
              + x.dataType()
              + "; give floating-point numbers of about unit scale, such as"
              + " images.castTo(DataType.FLOAT).divi(127.5).subi(1) for bytes");
    }
    if (x.isEmpty() || x.size(0) == 0) {
      throw new InvalidInputException("there are no examples; give at least one");
    }
    requireRows("conditions", condition, x);
    requireRows("features", features, x);
    if (nullCondition != null) {
      nullCondition = NullCondition.row(nullCondition, condition);
    }
  }

  /** Makes examples whose null condition is the network's own. */
  public Examples(INDArray x, INDArray condition, INDArray features) {
    this(x, condition, features, null);
  }

  /** Makes examples without features to align with. */
  public Examples(INDArray x, INDArray condition) {
    this(x, condition, null, null);
  }

  /**
   * Returns these examples with a null condition of the user's own.
   *
   * @param row {@code [tokens, dim]} or {@code [1, tokens, dim]} for captions, the features of
   *     {@code ""}
   */
  public Examples withNullCondition(INDArray row) {
    return new Examples(x, condition, features, row);
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
