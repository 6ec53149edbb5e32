package org.tim4j.objective;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.Condition;
import org.tim4j.layers.InvalidInputException;
import org.tim4j.objective.array.Doubles;

/** Checks conditions before a network sees them; an unknown class would have no embedding. */
public final class ConditionRange {
  private ConditionRange() {}

  /**
   * Requires that classes are whole numbers that the network knows.
   *
   * @param kind what the network is told about the data
   * @param conditions one row for each sample, or null for none
   * @throws InvalidInputException if a class is not one of the network's
   */
  public static void check(Condition kind, INDArray conditions) {
    if (conditions == null || !(kind instanceof Condition.Classes classes)) {
      return;
    }
    int last = classes.nullClass() ? classes.count() : classes.count() - 1;
    double[] indices = Doubles.of(conditions);
    for (int i = 0; i < indices.length; i++) {
      if (!(indices[i] >= 0 && indices[i] <= last && indices[i] == Math.rint(indices[i]))) {
        throw new InvalidInputException(
            "sample "
                + i
                + " has class "
                + indices[i]
                + "; the network knows the classes 0 to "
                + (classes.count() - 1)
                + (classes.nullClass() ? " and the null class " + classes.count() : ""));
      }
    }
  }
}
