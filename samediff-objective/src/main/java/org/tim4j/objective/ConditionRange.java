package org.tim4j.objective;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.Condition;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.array.Doubles;

/** Checks conditions before a network sees them; an unknown class would have no embedding. */
public final class ConditionRange {
  private ConditionRange() {}

  /**
   * Requires that classes and tokens are whole numbers that the network knows.
   *
   * @param kind what the network is told about the data
   * @param conditions one row for each sample, or null for none
   * @throws InvalidInputException if a class or token is not one of the network's
   */
  public static void check(Condition kind, INDArray conditions) {
    if (conditions == null) {
      return;
    }
    if (kind instanceof Condition.Classes classes) {
      int last = classes.nullClass() ? classes.count() : classes.count() - 1;
      check(
          "class",
          last,
          "classes 0 to "
              + (classes.count() - 1)
              + (classes.nullClass() ? " and the null class " + classes.count() : ""),
          conditions);
    } else if (kind instanceof Condition.Text text) {
      int last = text.vocabulary() - 1;
      check("token", last, "tokens 0 to " + last, conditions);
    }
  }

  private static void check(String what, int last, String known, INDArray conditions) {
    double[] numbers = Doubles.of(conditions);
    int width = Math.toIntExact(conditions.length() / conditions.size(0));
    for (int i = 0; i < numbers.length; i++) {
      if (!(numbers[i] >= 0 && numbers[i] <= last && numbers[i] == Math.rint(numbers[i]))) {
        throw new InvalidInputException(
            "sample "
                + i / width
                + " has "
                + what
                + " "
                + numbers[i]
                + "; the network knows the "
                + known);
      }
    }
  }
}
