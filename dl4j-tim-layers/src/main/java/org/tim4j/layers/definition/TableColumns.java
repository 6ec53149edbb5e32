package org.tim4j.layers.definition;

import java.io.Serializable;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;
import org.tim4j.layers.vertex.GraphScope;

/**
 * The columns of a table row: which successive numbers of it belong together.
 *
 * @param widths how many numbers each column has, in their order; at least one column of at least
 *     one number
 */
public record TableColumns(List<Integer> widths) implements Serializable {

  /**
   * Checks the widths.
   *
   * @throws InvalidInputException if there is no column or a width is below 1
   */
  public TableColumns {
    Require.present("columns", widths);
    widths = List.copyOf(widths);
    if (widths.isEmpty()) {
      throw new InvalidInputException(
          "columns is empty; give the number of values of each column of a row.");
    }
    widths.forEach(width -> Require.atLeast("the width of a column", width, 1));
  }

  /** Returns the number of columns. */
  public int count() {
    return widths.size();
  }

  /** Returns the numbers of a row. */
  public int total() {
    return widths.stream().reduce(0, Math::addExact);
  }

  /** Returns {@code [batch, columns, total]}: row {@code [batch, 1, total]} column by column. */
  public SDVariable cut(GraphScope scope, SDVariable row) {
    return row.mul(mask(scope));
  }

  /** Returns {@code [batch, 1, total]}: of each token of {@code tokens}, its own column. */
  public SDVariable join(GraphScope scope, SDVariable tokens) {
    // ND4J 1.0.0-M2.1 fails to reduce an axis of extent 1 in a graph, as in LayerNorm.
    return count() == 1 ? tokens : tokens.mul(mask(scope)).sum(true, 1);
  }

  private SDVariable mask(GraphScope scope) {
    double[][] mask = new double[count()][total()];
    int next = 0;
    for (int column = 0; column < count(); column++) {
      for (int i = 0; i < widths.get(column); i++) {
        mask[column][next++] = 1;
      }
    }
    return scope.constant(Nd4j.createFromArray(mask).reshape(1, count(), total()));
  }
}
