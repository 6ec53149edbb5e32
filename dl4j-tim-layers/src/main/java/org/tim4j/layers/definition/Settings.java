package org.tim4j.layers.definition;

import org.tim4j.layers.base.InvalidInputException;

/** Checks of the numbers that a configuration is made of. */
public final class Settings {
  private Settings() {}

  /**
   * Returns the value.
   *
   * @throws InvalidInputException if it is not positive
   */
  public static long positive(String name, long value) {
    if (value <= 0) {
      throw new InvalidInputException(name + " is " + value + "; it must be at least 1.");
    }
    return value;
  }

  /**
   * Returns the value.
   *
   * @throws InvalidInputException if it is not positive and finite
   */
  public static double positive(String name, double value) {
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new InvalidInputException(name + " is " + value + "; it must be above 0 and finite.");
    }
    return value;
  }

  /**
   * Returns the value.
   *
   * @throws InvalidInputException if it is null
   */
  public static <T> T present(String name, T value) {
    if (value == null) {
      throw new InvalidInputException(name + " is missing; set it.");
    }
    return value;
  }

  /**
   * Checks that heads divide the hidden size into parts that rotary positions can be applied to.
   *
   * @throws InvalidInputException if they do not
   */
  public static void heads(long hidden, long heads) {
    positive("hidden", hidden);
    positive("heads", heads);
    if (hidden % heads != 0) {
      throw new InvalidInputException(
          "%d heads do not divide the hidden size %d; choose a divisor.".formatted(heads, hidden));
    }
    if (hidden / heads % 4 != 0) {
      throw new InvalidInputException(
          "%d heads of a hidden size of %d have %d numbers each, but two rotary axes of pairs need a multiple of 4."
              .formatted(heads, hidden, hidden / heads));
    }
  }
}
