package org.tim4j.objective.derivative.forward;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.Moments;
import org.nd4j.linalg.api.ops.impl.reduce.custom.LogSumExp;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.api.ops.impl.reduce3.BaseReduce3Op;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums, means and products along given axes.
 *
 * <p>The axes are passed as a variable, not as numbers: SameDiff resolves a negative axis in a
 * variable, while it hands a negative number on to native code that reads past the array.
 *
 * @param axes integer variable of the reduced axes, null for all of them
 * @param keepDimensions whether a reduced axis stays with size 1
 */
record AxisReduction(SDVariable axes, boolean keepDimensions) implements Grouping {
  /** SameDiff's mark for "all axes". */
  private static final int ALL = Integer.MAX_VALUE;

  /** Returns the axes of an operation that reduces its first input. */
  static AxisReduction of(Operation operation) {
    if (operation.function() instanceof BaseReduceOp reduce) {
      return new AxisReduction(axes(operation, reduce.getDimensions()), reduce.isKeepDims());
    }
    if (operation.function() instanceof Moments reduce) {
      return new AxisReduction(axes(operation, integers(reduce)), reduce.bArgs()[0]);
    }
    if (operation.function() instanceof LogSumExp reduce) {
      return new AxisReduction(axes(operation, integers(reduce)), reduce.tArgs()[0] != 0);
    }
    throw new IllegalArgumentException(operation.function().opName() + " is not a reduction");
  }

  /** Returns a reduction that keeps the reduced axes with size 1. */
  static AxisReduction keeping(SameDiff graph, int... axes) {
    return new AxisReduction(graph.constant(Nd4j.createFromArray(axes)), true);
  }

  private static SDVariable axes(Operation operation, int[] settings) {
    // The second input of a distance is its other operand.
    boolean computed =
        operation.inputCount() > 1 && !(operation.function() instanceof BaseReduce3Op);
    if (computed) {
      return operation.input(1);
    }
    boolean all = settings == null || Arrays.stream(settings).allMatch(axis -> axis == ALL);
    return all ? null : operation.graph().constant(Nd4j.createFromArray(settings));
  }

  static int[] integers(CustomOp operation) {
    return Arrays.stream(operation.iArgs()).mapToInt(Math::toIntExact).toArray();
  }

  AxisReduction keepingDimensions() {
    return new AxisReduction(axes, true);
  }

  @Override
  public SDVariable sum(SDVariable variable) {
    return axes == null
        ? variable.sum(keepDimensions)
        : new Sum(variable.getSameDiff(), variable, axes, keepDimensions).outputVariable();
  }

  SDVariable mean(SDVariable variable) {
    return axes == null
        ? variable.mean(keepDimensions)
        : variable.getSameDiff().mean(variable, axes, keepDimensions);
  }

  @Override
  public SDVariable product(SDVariable variable) {
    return axes == null
        ? variable.prod(keepDimensions)
        : variable.getSameDiff().prod(variable, axes, keepDimensions);
  }

  /**
   * Keeps the first 1 in row-major order of those that are reduced together.
   *
   * @param chosen ones and zeros, with at least a 1 for every result
   */
  SDVariable first(SDVariable chosen) {
    SameDiff graph = chosen.getSameDiff();
    SDVariable mask = chosen.castTo(DataType.DOUBLE);
    SDVariable ones = graph.reshape(graph.onesLike(mask), -1);
    SDVariable place = graph.reshape(graph.cumsum(ones, 0), graph.shape(chosen));
    // 1/place is largest for the first; it and its order are exact enough for 2^50 elements.
    SDVariable rank = mask.div(place);
    SDVariable first = expand(maximum(rank), chosen);
    return mask.mul(rank.eq(first).castTo(DataType.DOUBLE)).castTo(chosen.dataType());
  }

  SDVariable maximum(SDVariable variable) {
    return axes == null
        ? variable.max(keepDimensions)
        : new Max(variable.getSameDiff(), variable, axes, keepDimensions).outputVariable();
  }

  /** Returns the root of the sum of squares. */
  SDVariable norm(SDVariable variable) {
    return axes == null
        ? variable.norm2(keepDimensions)
        : variable.getSameDiff().math.norm2(variable, axes, keepDimensions);
  }

  /** Returns a reduced variable in a shape that broadcasts against {@code original}. */
  SDVariable expand(SDVariable reduced, SDVariable original) {
    if (keepDimensions || axes == null) {
      return reduced;
    }
    SameDiff graph = reduced.getSameDiff();
    return graph.reshape(reduced, graph.shape(keepingDimensions().sum(original)));
  }
}
