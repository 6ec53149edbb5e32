package org.tim4j.layers.kernel.memory;

/** Where matrices with unspecified contents come from. */
public interface MatrixSource {
  /** A matrix whose rows lie one behind the other. */
  Matrix matrix(int rows, int columns);

  /**
   * Like {@link #matrix}, its rows {@link Padding#spread}: a product that goes down a column takes
   * half as long again where they lie a power of two apart.
   */
  Matrix spread(int rows, int columns);
}
