package org.tim4j.tribuo;

import java.util.SplittableRandom;

/**
 * The seeds of a trainer's successive invocations, split off one generator as Tribuo's trainers do.
 */
final class InvocationSeeds {
  private final SplittableRandom random;
  private int count;

  /**
   * Starts behind so many invocations.
   *
   * @throws IllegalArgumentException if {@code invocations} is negative
   */
  InvocationSeeds(long seed, int invocations) {
    if (invocations < 0) {
      throw new IllegalArgumentException(
          "The supplied invocationCount is less than zero, found " + invocations + ".");
    }
    this.random = new SplittableRandom(seed);
    while (count < invocations) {
      next();
    }
  }

  /** Counts an invocation and returns its seed. */
  long next() {
    count++;
    return random.split().nextLong();
  }

  int count() {
    return count;
  }
}
