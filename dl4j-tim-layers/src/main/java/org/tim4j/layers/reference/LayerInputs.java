package org.tim4j.layers.reference;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.InvalidInputException;

/**
 * What a layer on a grid of tokens is run on. Sizes come from the weights, which hold as many
 * values, and from the rotary tables.
 *
 * @param file holds the arrays
 * @param prefix of the inputs' names
 * @param batch number of examples
 * @param hidden width of a token
 * @param positions the tables, and the grid that they belong to
 */
record LayerInputs(
    ReferenceFile file, String prefix, long batch, int hidden, RotaryCheck positions) {
  /**
   * @param weight a matrix behind the prefix that takes tokens to something
   */
  static LayerInputs of(ReferenceFile file, String prefix, String weight) {
    long hidden = file.shape(prefix + weight, 2)[1];
    INDArray x =
        file.array(prefix + "x", DataType.FLOAT, ReferenceFile.ANY, ReferenceFile.ANY, hidden);
    RotaryCheck positions = RotaryCheck.ofTokens(file, prefix, x.size(1));
    if (hidden % positions.size() != 0) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: heads of %scos have the width %d, which does not divide the width %d of a token",
              file.name(),
              prefix,
              positions.size(),
              hidden));
    }
    return new LayerInputs(file, prefix, x.size(0), Math.toIntExact(hidden), positions);
  }

  int heads() {
    return hidden / positions.size();
  }

  /** The shape in which tokens are stored. */
  long[] shape() {
    return new long[] {batch, positions.grid().tokens(), hidden};
  }

  /** Tokens {@code [batch, height, width, hidden]}. */
  INDArray tokens() {
    TokenGrid grid = positions.grid();
    return file.array(prefix + "x", DataType.FLOAT, shape())
        .reshape(batch, grid.height(), grid.width(), hidden);
  }

  /** One vector an example, stored {@code [batch, 1, hidden]}. */
  INDArray row(String name) {
    return file.array(prefix + name, DataType.FLOAT, batch, 1, hidden).reshape(batch, hidden);
  }
}
