package org.tim4j.layers.vertex;

import java.util.Arrays;
import java.util.Locale;
import org.tim4j.layers.base.InvalidInputException;

/**
 * Checks of one input's shape; −1 stands for an extent that is not known yet.
 *
 * @param vertex what the input belongs to, for messages
 * @param input its name, for messages
 * @param shape what was given
 */
public record ShapeCheck(String vertex, String input, long[] shape) {

  /** Throws unless the shape has one of the given ranks. */
  public ShapeCheck rank(String layout, int... ranks) {
    if (Arrays.stream(ranks).noneMatch(rank -> rank == shape.length)) {
      throw failure("it must be " + layout);
    }
    return this;
  }

  /** Throws unless the extent of an axis is known and as expected. */
  public ShapeCheck extent(int axis, String meaning, long expected) {
    if (shape[axis] != expected) {
      throw failure(
          String.format(Locale.ROOT, "it must have %d %s on axis %d", expected, meaning, axis));
    }
    return this;
  }

  /** Throws unless the last extent is as expected. */
  public ShapeCheck last(String meaning, long expected) {
    return extent(shape.length - 1, meaning, expected);
  }

  /** Throws unless the extent of an axis is a multiple of {@code divisor}. */
  public ShapeCheck multiple(int axis, String meaning, long divisor) {
    if (shape[axis] <= 0 || shape[axis] % divisor != 0) {
      throw failure(
          String.format(
              Locale.ROOT,
              "its %s (axis %d) must be a positive multiple of %d",
              meaning,
              axis,
              divisor));
    }
    return this;
  }

  private InvalidInputException failure(String expectation) {
    return new InvalidInputException(
        String.format(
            Locale.ROOT,
            "%s: input \"%s\" has shape %s, but %s.",
            vertex,
            input,
            Arrays.toString(shape),
            expectation));
  }
}
