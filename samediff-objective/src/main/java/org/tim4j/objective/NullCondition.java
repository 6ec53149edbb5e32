package org.tim4j.objective;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
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
      // A byte could not hold the number of every null class.
      INDArray numbers =
          conditions.dataType().isFPType() ? conditions : conditions.castTo(DataType.FLOAT);
      return numbers.ulike().assign(classes.count());
    }
    if (kind instanceof Condition.None) {
      throw new InvalidInputException(
          "the network takes no condition, so that there is none to drop out or guide away from");
    }
    return conditions.ulike().assign(0);
  }

  /**
   * Returns the null condition in the shape of given conditions.
   *
   * @param own null condition of a user's own, one row without the first axis; null for that of
   *     {@link #like(Condition, INDArray)}. Captions may be of another length: what is missing is
   *     padding
   */
  public static INDArray like(Condition kind, INDArray conditions, INDArray own) {
    if (own == null) {
      return like(kind, conditions);
    }
    INDArray nulls = conditions.ulike().assign(0);
    long tokens = Math.min(own.size(0), conditions.size(1));
    INDArrayIndex some = NDArrayIndex.interval(0, tokens);
    for (int i = 0; i < conditions.size(0); i++) {
      nulls.get(NDArrayIndex.point(i), some).assign(own.get(some));
    }
    return nulls;
  }

  /**
   * Returns a null condition of a user's own without the first axis.
   *
   * @param given one row, with a first axis of size 1 or without
   * @param conditions the conditions that it stands in for
   * @throws InvalidInputException if it has not the shape of one of them
   */
  public static INDArray row(INDArray given, INDArray conditions) {
    if (conditions == null) {
      throw new InvalidInputException("a null condition was given without conditions");
    }
    boolean single = given.rank() == conditions.rank() && given.size(0) == 1;
    INDArray row = single ? given.slice(0) : given;
    boolean fits = row.rank() == conditions.rank() - 1;
    for (int axis = 0; fits && axis < row.rank(); axis++) {
      boolean length = axis == 0 && row.rank() > 1; // Captions may differ in length.
      fits = length || row.size(axis) == conditions.size(axis + 1);
    }
    if (!fits) {
      throw new InvalidInputException(
          "the null condition has the shape "
              + Arrays.toString(given.shape())
              + " and the conditions "
              + Arrays.toString(conditions.shape())
              + "; give the condition of one example, such as encode(List.of(\"\"))");
    }
    return row;
  }
}
