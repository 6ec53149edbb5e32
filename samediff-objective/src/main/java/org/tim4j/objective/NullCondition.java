package org.tim4j.objective;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.tim4j.layers.Condition;
import org.tim4j.layers.base.InvalidInputException;

/** The condition that says nothing: shown to dropped-out examples, and guided away from. */
public final class NullCondition {
  private NullCondition() {}

  /**
   * Returns the null condition in the shape of given conditions: the null class, or zeros for
   * vectors, captions and tokens, where 0 is padding.
   *
   * @param kind what the network is told about the data
   * @param conditions one row for each sample, not changed
   * @throws InvalidInputException if the network has no null condition
   */
  public static INDArray like(Condition kind, INDArray conditions) {
    if (kind instanceof Condition.Classes classes) {
      if (!classes.nullClass()) {
        throw new InvalidInputException(
            "the network has no null class, so that conditions can neither be dropped out nor"
                + " guided away from; make it with one, or use neither");
      }
      return conditions.ulike().assign(classes.count());
    }
    if (kind instanceof Condition.None) {
      throw new InvalidInputException(
          "the network takes no condition, so that there is none to drop out or guide away from");
    }
    return conditions.ulike().assign(0);
  }
}
