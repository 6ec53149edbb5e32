package org.tim4j.layers.reference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.tim4j.layers.attention.Rotary;
import org.tim4j.layers.attention.TokenGrid;
import org.tim4j.layers.base.RopeOrder;

/**
 * The rotary tables of one grid, stored {@code [tokens, size]} under {@code cos} and {@code sin}.
 *
 * @param file holds the tables
 * @param prefix of their names
 * @param grid where the tokens lie
 * @param size width of a head
 */
record RotaryCheck(ReferenceFile file, String prefix, TokenGrid grid, int size) {
  /**
   * Returns the check of tables whose grid is not stored: of all grids of so many tokens the one
   * whose table is nearest.
   */
  static RotaryCheck ofTokens(ReferenceFile file, String prefix, long tokens) {
    int size = (int) file.shape(prefix + "cos", 2)[1];
    return LongStream.rangeClosed(1, tokens)
        .filter(height -> tokens % height == 0)
        .mapToObj(height -> new TokenGrid(height, tokens / height, true))
        .map(grid -> new RotaryCheck(file, prefix, grid, size))
        .min(Comparator.comparingDouble(RotaryCheck::distance))
        .orElseThrow();
  }

  private Rotary table() {
    return new Rotary(grid, size, RopeOrder.OFFICIAL);
  }

  private double[] stored(String name) {
    return file.doubles(prefix + name, grid.tokens(), size);
  }

  private double distance() {
    double[] expected = stored("cos");
    double[] actual = flat(table().cosines());
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(expected[i] - actual[i]);
    }
    return sum;
  }

  /** Adds both tables to a case. */
  void compare(Comparison result) {
    result
        .compare(prefix + "cos", stored("cos"), flat(table().cosines()))
        .compare(prefix + "sin", stored("sin"), flat(table().sines()));
  }

  private static double[] flat(double[][] rows) {
    return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
