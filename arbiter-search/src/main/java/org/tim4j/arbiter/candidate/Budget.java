package org.tim4j.arbiter.candidate;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.layers.base.Require;

/**
 * What the training of one candidate may cost.
 *
 * @param unit what is counted
 * @param amount how much of it, above 0; whole for steps
 */
public record Budget(Unit unit, double amount) implements Serializable {
  /** What a budget counts. */
  public enum Unit {
    /** Training steps: the same on every machine. */
    STEPS,
    /** Seconds of training: fair to candidates of different size, but never twice the same. */
    SECONDS
  }

  /**
   * @throws InvalidInputException if the amount is not positive, or no whole number of steps
   */
  @JsonCreator
  public Budget(@JsonProperty("unit") Unit unit, @JsonProperty("amount") double amount) {
    Require.present("the unit of the budget", unit);
    Require.positive("the budget of a candidate", amount);
    if (unit == Unit.STEPS && (amount != Math.rint(amount) || amount > Integer.MAX_VALUE)) {
      throw new InvalidInputException(
          "the budget of a candidate is " + amount + " steps; give a whole number of them");
    }
    this.unit = unit;
    this.amount = amount;
  }

  /** Returns a budget of so many training steps, at least 1. */
  public static Budget steps(int count) {
    return new Budget(Unit.STEPS, count);
  }

  /** Returns a budget of so many seconds of training, above 0. */
  public static Budget seconds(double seconds) {
    return new Budget(Unit.SECONDS, seconds);
  }

  /**
   * Returns a part of this budget; at least one step.
   *
   * @param fraction above 0, at most 1
   */
  public Budget part(double fraction) {
    double part = Require.between("the part of a budget", fraction, 0, 1) * amount;
    return new Budget(unit, unit == Unit.STEPS ? Math.max(1, Math.rint(part)) : part);
  }

  /** Whether so many steps in so many seconds use the budget up. */
  public boolean isSpent(long steps, double seconds) {
    return (unit == Unit.STEPS ? steps : seconds) >= amount;
  }
}
